import { Component, markup, onWillStart, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const ICONS = { seen: "fa-eye", instruct: "fa-gavel", return: "fa-reply", refer: "fa-share" };

/**
 * A dossier on one page: each resolution with the recommendation, room for the marginal note, and one tap for the
 * decision, which is saved at once. What somebody else recorded meanwhile is refused in the server's words; what was
 * typed stays.
 */
export class PresidentDesk extends Component {
    static template = "shora_council.PresidentDesk";
    static components = { Layout, DateTimeInput };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.display = { controlPanel: {} };
        // texts: what is typed and not yet recorded, by line
        this.state = useState({ page: null, texts: {}, day: null, busy: false });
        onWillStart(() => this.load(this.props.action.params?.dossier_id));
    }

    async load(dossierId) {
        const page = await this.orm.call("shora.president.desk", "get_page", [], {
            dossier_id: dossierId || this.dossier?.id || null,
        });
        this.state.page = page;
        this.state.day ||= deserializeDate(page.today);
    }

    get dossier() {
        return this.state.page?.dossier;
    }

    get lines() {
        return this.dossier.parts.flatMap((part) => part.lines);
    }

    get decided() {
        return this.lines.filter((line) => line.decision);
    }

    /** Recorded, and not yet final. */
    get open() {
        return this.decided.filter((line) => !line.is_final);
    }

    get mayDecide() {
        return this.state.page.may_decide && this.dossier.state === "presented";
    }

    get firstDay() {
        return deserializeDate(this.dossier.first_day);
    }

    get lastDay() {
        return deserializeDate(this.state.page.today);
    }

    icon(decision) {
        return ICONS[decision];
    }

    html(text) {
        return markup(text);
    }

    /** Figures as the reader's language writes them. */
    number(value) {
        return new Intl.NumberFormat(user.lang, { useGrouping: false }).format(value);
    }

    text(line) {
        return this.state.texts[line.id] ?? line.text;
    }

    isUnsaved(line) {
        return this.text(line).trim() !== line.text && Boolean(this.text(line).trim() || line.decision);
    }

    write(line, ev) {
        this.state.texts[line.id] = ev.target.value;
    }

    changeDay(day) {
        if (day) {
            this.state.day = day;
        }
    }

    show(dossierId) {
        this.state.texts = {};
        return this.load(dossierId);
    }

    /**
     * One act on the server; a refusal is shown in words and the page follows what is recorded.
     *
     * @returns {Promise<boolean>} whether it was done
     */
    async act(model, method, args, kwargs = {}) {
        if (this.state.busy) {
            return false;
        }
        this.state.busy = true;
        try {
            await this.orm.call(model, method, args, kwargs);
            return true;
        } catch (error) {
            this.notification.add(error.data?.message || error.message, { type: "danger" });
            return false;
        } finally {
            await this.load().catch(() => {});
            this.state.busy = false;
        }
    }

    /** One tap: the decision with what stands in the box. */
    async decide(line, decision) {
        const day = this.state.page.is_office ? serializeDate(this.state.day) : null;
        const args = [[line.id], decision, this.text(line), line.revision];
        if (await this.act("shora.dossier.line", "decide", args, { day })) {
            delete this.state.texts[line.id];
        }
    }

    takeBack(line) {
        this.state.texts[line.id] = this.text(line); // what was written stays in the box
        return this.act("shora.dossier.line", "decide", [[line.id], false, "", line.revision]);
    }

    finalize() {
        const unsaved = this.lines.filter((line) => !line.is_final && this.isUnsaved(line));
        if (unsaved.length) {
            this.notification.add(
                _t("A marginal note is written and not recorded: tap its decision first (%s).", unsaved[0].title),
                { type: "warning" },
            );
            return;
        }
        const seen = Object.fromEntries(this.open.map((line) => [line.id, line.revision]));
        this.dialog.add(ConfirmationDialog, {
            title: _t("Make the decisions final"),
            body: _t(
                "%s decisions become final: they reach the resolutions, their executors and the secretaries, and are no longer changed.",
                this.number(this.open.length),
            ),
            confirmLabel: _t("Make final"),
            confirm: async () => {
                await this.act("shora.dossier", "finalize", [[this.dossier.id], seen]);
            },
            cancel: () => {},
        });
    }

    async file(ev, line = null) {
        const [file] = ev.target.files;
        ev.target.value = "";
        if (!file) {
            return;
        }
        const content = (await getDataURLFromFile(file)).split(",")[1] || "";
        const args = [[this.dossier.id], file.name, content, line ? line.id : null];
        if (await this.act("shora.dossier", "file_scan", args)) {
            this.notification.add(_t("The scan is filed."), { type: "success" });
        }
    }

    scanUrl(scan) {
        return `/web/content/shora.dossier.scan/${scan.id}/file/${encodeURIComponent(scan.name)}`;
    }

    pdfUrl() {
        return `/shora/document/shora.dossier/${this.dossier.id}/dossier.pdf`;
    }

    openForm() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "shora.dossier",
            res_id: this.dossier.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("shora_council.president_desk", PresidentDesk);
