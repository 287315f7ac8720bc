import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DashboardChart } from "./dashboard_chart";

/** Views in which the records of a figure are shown: reports as they are looked at, others as a list. */
const VIEWS = {
    "shora.attendance.report": ["list", "pivot", "graph"],
    "shora.deadline.report": ["list", "pivot", "graph"],
    "shora.resolution.report": ["list", "pivot", "graph"],
};
const BAND_TONES = ["good", "other", "warn", "bad", "rest"];

/** One page over all councils, or one for a council; each from one call. Every number opens its records. */
export class ShoraDashboard extends Component {
    static template = "shora_council_reports.Dashboard";
    static components = { DashboardChart, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        // the action of a council names its model; an address that is opened again brings the id alone
        const { context = {}, res_model: model } = this.props.action;
        this.councilId = (model === "shora.council" && context.active_id) || false;
        this.state = useState({ page: null });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.page = this.councilId
            ? await this.orm.call("shora.dashboard", "get_council", [this.councilId])
            : await this.orm.call("shora.dashboard", "get_overview", []);
        this.charts = this.makeCharts(this.state.page);
        if (this.state.page.council) {
            this.env.config.setDisplayName(_t("Dashboard of %s", this.state.page.council.name));
        }
    }

    // --- words ---

    number(value) {
        return new Intl.NumberFormat(user.lang, { useGrouping: false }).format(value);
    }

    percent(value) {
        return value === null || value === false
            ? "—"
            : new Intl.NumberFormat(user.lang, { style: "percent" }).format(value / 100);
    }

    daysText({ days }) {
        if (days < 0) {
            return _t("%s days late", this.number(-days));
        }
        return days === 0 ? _t("today") : _t("%s days left", this.number(days));
    }

    daysBadge({ days }) {
        if (days < 0) {
            return "text-bg-danger";
        }
        return days <= 1 ? "text-bg-warning" : "text-bg-light border";
    }

    // --- what is on the page ---

    /** Series and labels are made once a load: a chart is drawn again only when they change. */
    makeCharts({ attendance, resolutions, compliance, composition }) {
        const label = (line) => line.label;
        return {
            attendance: {
                labels: attendance.map(label),
                series: [
                    { label: _t("Share attended"), tone: "main", values: attendance.map((line) => line.share.value) },
                ],
            },
            resolutions: {
                labels: resolutions.states.map(label),
                series: resolutions.bands.map((band, at) => ({
                    label: band,
                    tone: BAND_TONES[at],
                    values: resolutions.states.map((line) => line.cells[at].value),
                })),
            },
            compliance: {
                labels: compliance.map((line) => line.citation),
                series: [
                    {
                        label: _t("Days kept"),
                        tone: compliance.map(({ score }) => (score >= 95 ? "good" : score >= 75 ? "warn" : "bad")),
                        values: compliance.map((line) => line.score),
                    },
                ],
            },
            composition: {
                labels: composition.map(label),
                series: [
                    {
                        label: _t("Ex-officio members"),
                        tone: "main",
                        values: composition.map((line) => line.ex_officio.value),
                    },
                    {
                        label: _t("Expert members"),
                        tone: "other",
                        values: composition.map((line) => line.experts.value),
                    },
                ],
            },
        };
    }

    get hasAttendance() {
        return this.state.page.attendance.some((line) => line.sessions.value);
    }

    get hasComposition() {
        return this.state.page.composition.some((line) => line.total.value);
    }

    // --- where a click leads ---

    /** The records behind a figure, as many as it says. */
    open(figure, name) {
        const modes = VIEWS[figure.model] || ["list", "form"];
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: figure.model,
            domain: figure.domain,
            context: { active_test: false },
            views: modes.map((mode) => [false, mode]),
        });
    }

    openRecord(line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: line.model,
            res_id: line.res_id,
            views: [[false, "form"]],
        });
    }

    openCouncil(line) {
        return this.action.doAction("shora_council_reports.shora_dashboard_council_action", {
            additionalContext: { active_id: line.id, active_model: "shora.council" },
        });
    }

    openCompliance() {
        return this.action.doAction("shora_council.shora_compliance_action", {
            additionalContext: this.councilId
                ? { active_id: this.councilId, active_model: "shora.council" }
                : { active_id: false, active_model: false },
        });
    }

    pickAttendance(_series, at) {
        const line = this.state.page.attendance[at];
        return this.open(line.share, line.label);
    }

    pickResolutions(series, at) {
        const line = this.state.page.resolutions.states[at];
        return this.open(line.cells[series], line.label);
    }

    pickCompliance(_series, at) {
        const line = this.state.page.compliance[at];
        return this.open(line.open, line.citation);
    }

    pickComposition(series, at) {
        const line = this.state.page.composition[at];
        return this.open(series ? line.experts : line.ex_officio, line.label);
    }
}

registry.category("actions").add("shora_council_reports.dashboard", ShoraDashboard);
