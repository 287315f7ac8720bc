import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const TYPE = "shora-table-pdf";

/** Downloads the PDF of a table; Odoo's own handler would ask for wkhtmltopdf, which has no part in it. */
async function downloadTable(action, options, env) {
    if (action.report_type !== TYPE) {
        return false;
    }
    const ids = (action.context?.active_ids || []).join(",");
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([`/report/${TYPE}/${action.report_name}/${ids}`, TYPE]),
                context: JSON.stringify(user.context),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    const { onClose } = options;
    if (action.close_on_report_download) {
        return env.services.action.doAction({ type: "ir.actions.act_window_close" }, { onClose });
    }
    onClose?.();
    return true;
}

registry.category("ir.actions.report handlers").add("shora_table_pdf", downloadTable);
