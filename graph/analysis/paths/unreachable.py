"""How near one comes to somebody who cannot be reached."""

from graph.analysis.paths.shortest import Routes
from graph.networks.network import StakeholderNetwork


def no_path(network: StakeholderNetwork, routes: Routes, *, source: str, target: str) -> str:
    """Say that there is no path, and who is the nearest that can be reached.

    Nearest is the last on the most reliable route that would be open if nobody were avoided and direction did not
    matter; where there is not even that, whoever shares area, sectors or category with the target, in this order, and
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
        # Nothing on the way is the target, so somebody stands behind the last.
        last = network.nodes[on_the_way[-1]].name
        return f"{sentence} The nearest on the way that can be reached is {last}."
    wanted = network.nodes[target]

    def nearness(key: str) -> tuple[bool, int, bool, float, str]:
        node = network.nodes[key]
        shared = len(set(node.sector_ids) & set(wanted.sector_ids))
        elsewhere = wanted.area_id is None or node.area_id != wanted.area_id
        return elsewhere, -shared, node.category != wanted.category, -reached[key], key

    nearest = network.nodes[min(reached.keys() - {source}, key=nearness)]
    in_common = (
        "based in the same area"
        if wanted.area_id is not None and nearest.area_id == wanted.area_id
        else "at work in the same sectors"
        if set(nearest.sector_ids) & set(wanted.sector_ids)
        else "of the same category"
        if nearest.category == wanted.category
        else "the most reliably reached"
    )
    return f"{sentence} The nearest that can be reached is {nearest.name}, {in_common}."
