import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** My desk: what is overdue, what is due, who acts, by which clause. All figures come from one call. */
export class ShoraDesk extends Component {
    static template = "shora_council.Desk";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ desk: null, onlyMine: false });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.desk = await this.orm.call("shora.desk", "get_desk", []);
    }

    lines(kind) {
        const lines = this.state.desk[kind];
        return this.state.onlyMine ? lines.filter((line) => line.mine) : lines;
    }

    toggleMine() {
        this.state.onlyMine = !this.state.onlyMine;
    }

    daysText(line) {
        if (line.days < 0) {
            return _t("%s days late", this.number(-line.days));
        }
        return line.days === 0 ? _t("today") : _t("%s days left", this.number(line.days));
    }

    badge(line) {
        if (line.days < 0) {
            return "text-bg-danger";
        }
        return line.days <= 1 ? "text-bg-warning" : "text-bg-light border";
    }

    /** Figures as the reader's language writes them. */
    number(value) {
        return new Intl.NumberFormat(user.lang, { useGrouping: false }).format(value);
    }

    open(model, id) {
        if (!id) {
            return;
        }
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openCouncil(card) {
        this.open("shora.council", card.id);
    }

    openLine(line) {
        if (line.action) {
            this.action.doAction({ type: "ir.actions.client", name: line.label, ...line.action });
            return;
        }
        this.open(line.model, line.id);
    }
}

registry.category("actions").add("shora_council.desk", ShoraDesk);
