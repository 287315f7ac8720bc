import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { pdf } from "./pdf";
import { persian } from "./persian";
import { page } from "./screen";

/**
 * The secretary looks at letter and pack before the dispatch, dispatches, finds every document as it was sent, and puts
 * a certificate on file, on Persian screens.
 */

const within = ".o_form_statusbar";

/** The window that the step opens, if it does, stays closed. */
const confirmed = (name) => [
    { trigger: `${within} button[name=${name}]:enabled`, run: "click" },
    persian(`${name}, asked again`, ".modal"),
    {
        trigger: ".modal .modal-footer .btn-primary",
        async run({ click }) {
            browser.open = () => ({ closed: false });
            await click();
        },
    },
    { trigger: "body:not(:has(.modal))" },
];

registry.category("web_tour.tours").add("shora_notice_pack", {
    steps: () => [
        { trigger: ".o_form_view .o_field_widget[name=subject]" },
        pdf("action_preview"),
        pdf("action_preview_pack"),
        ...confirmed("action_dispatch"),
        { trigger: `${within} [name=state] .o_arrow_button_current[data-value=dispatched]` },
        page("documents"),
        { trigger: '[name=document_ids] tr.o_data_row:contains("گزارش.pdf")' },
        { trigger: '[name=document_ids] tr.o_data_row:contains("جدول.xlsx")' },
        persian("documents as dispatched"),
        pdf("action_print_certificate"),
        ...confirmed("action_issue_certificate"),
        page("proof"),
        { trigger: "[name=certificate_ids] tr.o_data_row" },
        persian("proof"),
    ],
});

/** After the dispatch a document was added: the notice and the session say so. */
registry.category("web_tour.tours").add("shora_notice_late", {
    steps: () => [
        { trigger: '.o_form_view .alert-warning:contains("دیرتر.pdf")' },
        persian("notice with what came late"),
        { trigger: ".o_field_widget[name=session_id] a", run: "click" },
        page("agenda"),
        { trigger: '.o_notebook .alert-warning:contains("دیرتر.pdf")' },
        persian("session with what came late"),
    ],
});
