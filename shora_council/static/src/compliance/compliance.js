import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const LEVELS = { block: "danger", warn: "warning", info: "info", kept: "success", silent: "light" };

/** All councils clause by clause, or one council on one page; each from one call. */
export class ShoraCompliance extends Component {
    static template = "shora_council.Compliance";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        const context = this.props.action.context || {};
        this.councilId = context.active_model === "shora.council" ? context.active_id : false;
        this.state = useState({ data: null });
        onWillStart(() => this.load());
    }

    async load(year) {
        this.state.data = this.councilId
            ? await this.orm.call("shora.compliance", "get_council", [this.councilId], { year })
            : await this.orm.call("shora.compliance", "get_overview", [], { year });
        if (this.councilId) {
            this.env.config.setDisplayName(this.state.data.council.name);
        }
    }

    changeYear(ev) {
        return this.load(parseInt(ev.target.value));
    }

    /** Figures as the reader's language writes them. */
    number(value) {
        return new Intl.NumberFormat(user.lang, { useGrouping: false }).format(value);
    }

    percent(value) {
        return value === null || value === false
            ? "—"
            : new Intl.NumberFormat(user.lang, { style: "percent" }).format(value / 100);
    }

    badge(state) {
        return `text-bg-${LEVELS[state]}`;
    }

    word(state) {
        return {
            block: _t("Broken"),
            warn: _t("Broken"),
            info: _t("Remark"),
            kept: _t("Kept"),
            silent: _t("Not set"),
        }[state];
    }

    icon(state) {
        return {
            block: "fa-times",
            warn: "fa-exclamation",
            info: "fa-info",
            kept: "fa-check",
            silent: "fa-minus",
        }[state];
    }

    cellTitle(cell) {
        return [this.word(cell.state), cell.since, cell.actors].filter(Boolean).join(" · ");
    }

    ageText(finding) {
        return _t("%s days", this.number(finding.age));
    }

    openCouncil(row) {
        return this.action.doAction("shora_council.shora_compliance_action", {
            additionalContext: { active_id: row.id, active_model: "shora.council" },
        });
    }

    openRecord(finding) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: finding.model,
            res_id: finding.res_id,
            views: [[false, "form"]],
        });
    }

    openHistory(clause) {
        return this.action.doAction("shora_council.shora_finding_action", {
            additionalContext: { search_default_open: 0 },
            props: {
                domain: [
                    ["council_id", "=", this.councilId],
                    ["clause_id.code", "=", clause.code],
                ],
            },
        });
    }
}

registry.category("actions").add("shora_council.compliance", ShoraCompliance);
