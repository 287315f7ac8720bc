import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** One inbox over all councils: what is expected, received, returned, reviewed and with the President, from one call. */
export class SecretariatDesk extends Component {
    static template = "shora_council.SecretariatDesk";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.display = { controlPanel: {} };
        this.state = useState({ desk: null, stage: null, councilId: null, chosen: {}, busy: false });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.desk = await this.orm.call("shora.secretariat.desk", "get_desk", []);
        this.state.chosen = {};
    }

    get rows() {
        const { desk, stage, councilId } = this.state;
        return desk.rows.filter(
            (row) => (!stage || row.stage === stage) && (!councilId || row.council_id === councilId),
        );
    }

    get councilName() {
        return this.state.desk.councils.find((one) => one.id === this.state.councilId)?.name;
    }

    /** Show one stage, of one council or of all; the same choice once more shows everything. */
    choose(stage, councilId = null) {
        const same = this.state.stage === stage && this.state.councilId === councilId;
        this.state.stage = same ? null : stage;
        this.state.councilId = same ? null : councilId;
    }

    isChosen(stage, councilId = null) {
        return this.state.stage === stage && this.state.councilId === councilId;
    }

    stageLabel(key) {
        return this.state.desk.stages.find((stage) => stage.key === key).label;
    }

    /** Figures as the reader's language writes them. */
    number(value) {
        return new Intl.NumberFormat(user.lang, { useGrouping: false }).format(value);
    }

    ageText(row) {
        return row.age === 0 ? _t("since today") : _t("for %s days", this.number(row.age));
    }

    resolutionsText(row) {
        return _t("%s resolutions", this.number(row.resolutions));
    }

    daysText(row) {
        if (row.days < 0) {
            return _t("%s days late", this.number(-row.days));
        }
        return row.days === 0 ? _t("today") : _t("%s days left", this.number(row.days));
    }

    badge(row) {
        if (row.late) {
            return "text-bg-danger";
        }
        return row.days <= 1 ? "text-bg-warning" : "text-bg-light border";
    }

    // --- a dossier out of what is reviewed ---

    mayChoose(row) {
        return this.state.desk.may_prepare && row.stage === "reviewed" && !row.dossier;
    }

    get chosenIds() {
        return this.state.desk.rows
            .filter((row) => this.mayChoose(row) && this.state.chosen[row.minutes_id])
            .map((row) => row.minutes_id);
    }

    toggle(row) {
        this.state.chosen[row.minutes_id] = !this.state.chosen[row.minutes_id];
    }

    async prepare() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const action = await this.orm.call("shora.secretariat.desk", "prepare_dossier", [this.chosenIds]);
            await this.action.doAction(action);
        } catch (error) {
            this.notification.add(error.data?.message || error.message, { type: "danger", sticky: true });
            await this.load();
        } finally {
            this.state.busy = false;
        }
    }

    open(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("shora_council.secretariat_desk", SecretariatDesk);
