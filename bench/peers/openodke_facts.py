"""The facts that openodke finds without a model: python openodke_facts.py ARTICLES.jsonl OUT.jsonl.

Its `PatternExtractor` reads tables and lines of the form "Key: value", never prose. It is given what it needs to
speak of business: the article as Markdown under its headline, so that such lines have a subject, and an ontology
whose predicates have the names that such lines and columns use. Its other stages that need no model follow.
"""

from __future__ import annotations

from common import Extract, Fact, run

# Predicate: what it leads to, and the other names of it.
_COMPANY = {
    "headquarters": ("string", "headquarters location, head office, headquartered in, based in, hq"),
    "founder": ("Person", "founders, founded by, co-founder, co-founders, cofounder, cofounders"),
    "founded": ("string", "year founded, founding date, established, date founded"),
    "chief executive": ("Person", "ceo, chief executive officer"),
    "key people": ("Person", "executives, management, leadership, chairman, president, cfo, cto"),
    "parent": ("Company", "parent company, owner, owned by"),
    "subsidiary": ("Company", "subsidiaries, divisions, units, brands"),
    "product": ("string", "products, product name, services"),
    "partner": ("Company", "partners, partnership"),
    "investor": ("Company", "investors, lead investor, backers, backed by, shareholders"),
    "funding": ("string", "total funding, funding round, amount raised, raised, round, series"),
    "valuation": ("string", "market cap, market capitalization, market value"),
    "acquired": ("Company", "acquires, acquisition, acquisitions, target"),
    "acquirer": ("Company", "acquired by, buyer, bought by"),
    "ticker": ("string", "ticker symbol, stock symbol, symbol, stock"),
    "exchange": ("string", "stock exchange, listed on, listing, traded on"),
    "revenue": ("string", "revenues, sales, net sales, total revenue, net revenue, quarterly revenue"),
    "earnings": ("string", "net income, profit, net profit, operating income, operating profit, ebitda"),
    "earnings per share": ("string", "eps, adjusted eps, adjusted earnings per share"),
    "employees": ("string", "number of employees, staff, headcount, workforce"),
}
_PERSON = {
    "position": ("string", "title, job title, role, job"),
    "employer": ("Company", "works at, works for"),
}
_BOTH = {"name": ("string", "company, company name, organization, firm, full name")}


def prepare() -> Extract:
    """Set up the ontology and every stage that needs no model."""
    import openodke
    from openodke.ground import SpanGrounder

    predicates = {
        name: {"domain": domain, "range": target, "cardinality": "multi", "aliases": aliases.split(", ")}
        for domain, group in ((["Company"], _COMPANY), (["Person"], _PERSON), (["Company", "Person"], _BOTH))
        for name, (target, aliases) in group.items()
    }
    types = {"Company": {"keys": ["name"]}, "Person": {"keys": ["name"]}}
    ontology = openodke.Ontology.from_dict({"name": "business", "types": types, "predicates": predicates})
    pipeline = openodke.Pipeline(
        ontology,
        openodke.PatternExtractor(),
        grounder=SpanGrounder(),
        normalizer=openodke.ValueNormalizer(ontology),
        resolver=openodke.NativeResolver(),
        corroborator=openodke.SignatureCorroborator(ontology),
        scorer=openodke.EvidenceScorer(),
        validator=openodke.VerdictValidator(),
    )

    def extract(key: str, title: str, text: str) -> tuple[list[Fact], int]:
        heading = " ".join(title.replace(":", " -").split())  # with a colon it is read as a key and its value
        markdown = f"# {heading}\n\n{text}" if heading else text
        document = openodke.Document(id=key, title=title, text=markdown, modality="semi_structured")
        graph = pipeline.run([document])
        return [_fact(fact) for fact in graph.facts], len(graph.entities)

    def _fact(fact: openodke.Fact) -> Fact:
        value = fact.object_entity.label if fact.object_entity else fact.object_value
        return fact.subject.label or fact.subject.key, fact.predicate, str(value)

    extract("", "Acme", "Headquarters: Berlin")
    return extract


if __name__ == "__main__":
    run("openodke", prepare)
