import { Component, markup, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { digits } from "./digits";
import { RunAttendance } from "./run_attendance";
import { RunItem } from "./run_item";

const POLL = 4000;

/**
 * The running session: marks, guests, the item before the council, holding and closing. What others do on their
 * screens arrives by asking every few seconds; what is refused here is said in the server's words.
 */
export class SessionRun extends Component {
    static template = "shora_council.SessionRun";
    static components = { Layout, RunAttendance, RunItem };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.display = { controlPanel: {} };
        this.digits = digits;
        const { action } = this.props;
        this.sessionId = action.params?.session_id || action.context?.active_id;
        this.state = useState({ run: null, shownItemId: null, busy: false });
        this.asked = 0;
        onWillStart(() => this.load());
        const timer = setInterval(() => this.poll(), POLL);
        onWillUnmount(() => clearInterval(timer));
    }

    async load() {
        const asked = ++this.asked;
        const run = await this.orm.silent.call("shora.session", "get_run", [[this.sessionId]]);
        if (asked === this.asked) {
            this.state.run = run; // an answer overtaken by a later question is old
        }
    }

    async poll() {
        if (!this.state.busy && !document.hidden) {
            await this.load().catch(() => {}); // the next round asks again; an act of the user's says what is wrong
        }
    }

    /**
     * One act of the user's on the server; a refusal is shown in words and the screen follows what is recorded.
     *
     * @returns {Promise<boolean>} whether it was done
     */
    async act(model, method, args) {
        this.state.busy = true;
        try {
            await this.orm.call(model, method, args);
            return true;
        } catch (error) {
            this.notification.add(error.data?.message || error.message, { type: "danger", sticky: true });
            return false;
        } finally {
            await this.load().catch(() => {});
            this.state.busy = false;
        }
    }

    get currentItem() {
        const { items, session } = this.state.run;
        return items.find((item) => item.id === session.current_item_id);
    }

    /** The item on the right: the one chosen here, else the one before the council, else the first that waits. */
    get shownItem() {
        const { items } = this.state.run;
        return (
            items.find((item) => item.id === this.state.shownItemId) ||
            this.currentItem ||
            items.find((item) => item.state === "accepted") ||
            items[0]
        );
    }

    get isLate() {
        const { elapsed, length, state } = this.state.run.session;
        return state === "open" && elapsed > length;
    }

    show(item) {
        this.state.shownItemId = item.id;
    }

    async takeUp(item) {
        if (await this.act("shora.agenda.item", "take_up", [[item.id]])) {
            this.state.shownItemId = item.id;
        }
    }

    async settle(item, outcome) {
        if (await this.act("shora.agenda.item", "settle", [[item.id], outcome])) {
            this.state.shownItemId = null;
        }
    }

    async goOn() {
        const { next } = this.state.run;
        if (next.state === "open") {
            const asked = await this.orm.call("shora.session", "action_open", [[this.sessionId]]);
            return this.action.doAction(asked, { onClose: () => this.load() });
        }
        if (next.state === "held") {
            return this.act("shora.session", "action_hold", [[this.sessionId]]);
        }
        this.dialog.add(ConfirmationDialog, {
            title: next.label,
            body: _t(
                "Attendance is confirmed and the absence rule (clause 5-6) is judged at once; a third consecutive absence ends a membership. Close the session?",
            ),
            confirmLabel: next.label,
            confirm: () => this.act("shora.session", "action_close", [[this.sessionId]]),
            cancel: () => {},
        });
    }

    openForm() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "shora.session",
            res_id: this.sessionId,
            views: [[false, "form"]],
        });
    }

    html(text) {
        return markup(text);
    }
}

registry.category("actions").add("shora_council.session_run", SessionRun);
