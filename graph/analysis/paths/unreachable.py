"""The answer where there is no path: the nearest stakeholder that can be reached."""

from graph.analysis.paths.shortest import Routes
from graph.networks.network import StakeholderNetwork


def no_path(network: StakeholderNetwork, routes: Routes, *, source: str, target: str) -> str:
    """Return a sentence that there is no path, and who is the nearest that can be reached.

    Nearest is the last reachable stakeholder on the most reliable route that ignores direction and who is to be
    avoided. Without such a route it is one that shares area, sectors or category with the target, in this order, and
    among those the most reliably reached.
    """
    name, goal = network.nodes[source].name, network.nodes[target].name
    reached = routes.reached_from(source)
    sentence = f"There is no path from {name} to {goal}."
    if len(reached) == 1:
        return f"{sentence} {name} reaches nobody at all."
    blocked = next(iter(Routes(network, directed=False).best(source, target, by="reliability", most=1)), ())
    on_the_way = [key for key in blocked[1:] if key in reached]
    if on_the_way:
        # None of them is the target, so the route goes on after the last.
        last = network.nodes[on_the_way[-1]].name
        return f"{sentence} The nearest on the way that can be reached is {last}."
    aim = network.nodes[target]

    def nearness(key: str) -> tuple[bool, int, bool, float, str]:
        node = network.nodes[key]
        shared = len(set(node.sector_ids) & set(aim.sector_ids))
        elsewhere = aim.area_id is None or node.area_id != aim.area_id
        return elsewhere, -shared, node.category != aim.category, -reached[key], key

    nearest = network.nodes[min(reached.keys() - {source}, key=nearness)]
    in_common = (
        "based in the same area"
        if aim.area_id is not None and nearest.area_id == aim.area_id
        else "at work in the same sectors"
        if set(nearest.sector_ids) & set(aim.sector_ids)
        else "of the same category"
        if nearest.category == aim.category
        else "the most reliably reached"
    )
    return f"{sentence} The nearest that can be reached is {nearest.name}, {in_common}."
