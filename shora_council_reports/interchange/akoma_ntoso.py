"""Signed minutes as Akoma Ntoso 3.0 (OASIS LegalDocML, http://docs.oasis-open.org/legaldocml/ns/akn/3.0), a «debate».

What it says is the sealed content, letter by letter; nothing is read from records that may have changed since. Texts
are paragraphs without their layout.
"""

from lxml import etree, html

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: elements of HTML that stand on lines of their own
BLOCKS = ("p", "div", "li", "br", "tr", "blockquote", "pre", *(f"h{level}" for level in range(1, 7)))
#: ways to vote, by their keys in the content
VOTES = ("for", "against", "abstain")
#: what XML 1.0 has no place for
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def akoma_ntoso(content, code, signed_on, language="fas"):
    """The document as bytes.

    :param content: what was sealed (``shora.minutes._content``), a dict
    :param code: short Latin code of the council
    :param signed_on: Tehran day on which it was signed
    :param language: ISO 639-2 code of the language the content is in
    """
    return _Writer(content, code, signed_on, language).document()


class _Writer:
    def __init__(self, content, code, signed_on, language):
        self.content, self.code, self.signed_on, self.language = content, code, signed_on, language
        self.people = {}
        self.root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})

    def document(self):
        debate = self.add(self.root, "debate", name="minutes")
        meta = self.add(debate, "meta")
        self.identification(meta)
        self.preface(debate)
        body = self.add(debate, "debateBody")
        self.roll(body)
        for item in self.content["items"]:
            self.item(body, item)
        self.resolutions(body)
        self.remarks(body)
        self.conclusions(debate)
        self.references(meta)  # last: by now everybody who is named is known
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

    # --- small parts ---

    def add(self, parent, tag, text=None, **attributes):
        element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
        for name, value in attributes.items():
            element.set(name.rstrip("_"), str(value).translate(_FORBIDDEN))
        if text:
            element.text = str(text).translate(_FORBIDDEN)
        return element

    def paragraphs(self, parent, source):
        """The text of ``source``, HTML, in paragraphs; how many."""
        lines = _lines(source)
        for line in lines:
            self.add(parent, "p", line)
        return len(lines)

    def person(self, one):
        """Id of the reference to a person named in the content."""
        name = " ".join(filter(None, (one.get("title"), one["name"])))
        return self.people.setdefault(name, f"person_{len(self.people) + 1}")

    # --- meta ---

    def identification(self, meta):
        content = self.content
        work = f"/akn/ir/debate/minutes/{content['date']}/{self.code.lower()}-{content['number']}"
        expression = f"{work}/{self.language}@{self.signed_on.isoformat()}"
        part = self.add(meta, "identification", source="#council")
        for level, uri, this, name, day in (
            ("FRBRWork", work, f"{work}/!main", "session", content["date"]),
            ("FRBRExpression", expression, f"{expression}/!main", "signature", self.signed_on.isoformat()),
            (
                "FRBRManifestation",
                f"{expression}.akn",
                f"{expression}/!main.xml",
                "signature",
                self.signed_on.isoformat(),
            ),
        ):
            frbr = self.add(part, level)
            self.add(frbr, "FRBRthis", value=this)
            self.add(frbr, "FRBRuri", value=uri)
            self.add(frbr, "FRBRdate", date=day, name=name)
            self.add(frbr, "FRBRauthor", href="#council", as_="#author")
            if level == "FRBRWork":
                self.add(frbr, "FRBRcountry", value="ir")
            if level == "FRBRExpression":
                self.add(frbr, "FRBRlanguage", language=self.language)

    def references(self, meta):
        part = self.add(meta, "references", source="#council")
        self.add(
            part,
            "TLCOrganization",
            eId="council",
            href=f"/akn/ontology/organization/ir/{self.code.lower()}",
            showAs=self.content["council"],
        )
        for name, eid in self.people.items():
            self.add(part, "TLCPerson", eId=eid, href=f"/akn/ontology/person/ir/{self.code.lower()}/{eid}", showAs=name)
        if self.content["place"]:
            self.add(
                part, "TLCLocation", eId="place", href="/akn/ontology/location/place", showAs=self.content["place"]
            )
        for choice in VOTES:
            self.add(part, "TLCConcept", eId=choice, href=f"/akn/ontology/concept/vote/{choice}", showAs=choice)
        for role in ("author", "chair", "secretary"):
            self.add(part, "TLCRole", eId=role, href=f"/akn/ontology/role/{role}", showAs=role)

    # --- text ---

    def preface(self, debate):
        content = self.content
        line = self.add(self.add(debate, "preface"), "p")
        self.add(line, "docProponent", content["council"])
        line[-1].tail = " "
        self.add(line, "docNumber", content["number"])
        line[-1].tail = " "
        self.add(line, "docDate", content["date"], date=content["date"])
        line[-1].tail = " "
        self.add(line, "session", " – ".join(filter(None, (content["start"], content["stop"]))), value=content["kind"])
        if content["place"]:
            line[-1].tail = " "
            self.add(line, "location", content["place"], refersTo="#place")
        presiding = content["presiding"]
        if presiding["name"]:
            line[-1].tail = " "
            self.add(line, "person", presiding["name"], refersTo=f"#{self.person(presiding)}", as_="#chair")

    def roll(self, body):
        """Who was there, in groups."""
        part = self.add(body, "rollCall", eId="roll")
        groups = [group for group in ("present", "late", "absent", "guests", "non_members") if self.content.get(group)]
        for group in groups:
            section = self.add(part, "debateSection", eId=f"roll__{group}", name=group)
            for one in self.content[group]:
                line = self.add(section, "p")
                self.add(line, "person", one["name"], refersTo=f"#{self.person(one)}")
                detail = ", ".join(filter(None, (one.get("seat"), one.get("note"))))
                line[-1].tail = f", {detail}" if detail else None
        if not groups:
            self.add(part, "p")

    def item(self, body, item):
        eid = f"item_{item['number']}"
        section = self.add(body, "debateSection", eId=eid, name="item", class_=item["outcome"])
        self.add(section, "num", item["number"])
        self.add(section, "heading", item["title"])
        if not item["documents"]:
            self.add(section, "p")  # a section is never empty
        for document in item["documents"]:
            line = self.add(section, "p", class_="document")
            self.add(line, "inline", document["name"], name="document")
            line[-1].tail = " "
            self.add(line, "inline", document.get("sha256", ""), name="sha256")
        for name in ("discussion", "decision"):
            source = item.get(f"{name}_html")
            if _lines(source):
                self.paragraphs(self.add(section, "debateSection", eId=f"{eid}__{name}", name=name), source)

    def resolutions(self, body):
        if not self.content["resolutions"]:
            return
        part = self.add(body, "resolutions", eId="resolutions")
        for at, one in enumerate(self.content["resolutions"], start=1):
            section = self.add(part, "debateSection", eId=f"resolutions__resolution_{at}", name=one["state"])
            if one["number"]:
                self.add(section, "num", one["number"])
            self.add(section, "heading", one["title"])
            if not self.paragraphs(section, one["body_html"]):
                self.add(section, "p")
            self.execution(section, one)

    def execution(self, section, resolution):
        """Executor, last day and votes, where there are any."""
        if resolution.get("executor"):
            self.add(section, "p", resolution["executor"], class_="executor")
        if resolution.get("due"):
            self.add(self.add(section, "p", class_="due"), "date", resolution["due"], date=resolution["due"])
        votes = resolution.get("votes")
        if votes:
            line = self.add(section, "p", class_="votes")
            for choice in VOTES:
                self.add(line, "quantity", str(votes.get(choice, 0)), refersTo=f"#{choice}")
                line[-1].tail = " "

    def remarks(self, body):
        source = self.content.get("text_html")
        if _lines(source):
            self.paragraphs(self.add(body, "debateSection", eId="remarks", name="remarks"), source)

    def conclusions(self, debate):
        signer = self.content["signed_by"]
        line = self.add(self.add(debate, "conclusions"), "p")
        signature = self.add(line, "signature")
        self.add(signature, "person", signer["name"], refersTo=f"#{self.person(signer)}", as_="#secretary")
        signature[-1].tail = " "
        self.add(signature, "date", self.signed_on.isoformat(), date=self.signed_on.isoformat())


def _lines(source):
    """The lines of an HTML text, without its layout; empty ones left out."""
    if not source or not source.strip():
        return []
    root = html.fragment_fromstring(source.translate(_FORBIDDEN), create_parent="div")
    for element in root.iter(*BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    for cell in root.iter("td", "th"):
        cell.tail = f" {cell.tail or ''}"
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return [line for line in lines if line]
