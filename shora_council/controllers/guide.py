from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.http import request


class GuideController(CustomerPortal):
    """The guide of the roles: from the menus for who works here, from the portal's home for members."""

    @http.route(["/shora/guide", "/shora/guide/<string:role>"], type="http", auth="user", methods=["GET"], website=True)
    def guide(self, role=None, **_kwargs):
        """The page of ``role``, else the first of the own; 404 for what there is not, or is not this visitor's."""
        guide = request.env["shora.guide"]
        pages = guide._pages()
        role = role or pages[0]["role"]
        if role not in {page["role"] for page in pages}:
            raise request.not_found()
        return request.render(
            "shora_council.guide_page",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "shora_guide",
                "guide_pages": pages,
                "guide_role": role,
                "guide": guide._page(role),
            },
        )
