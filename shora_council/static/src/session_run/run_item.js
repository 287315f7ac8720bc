import { Component, markup, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { digits } from "./digits";

const EMPTY = () => ({
    name: "",
    body: "",
    ballot: "open",
    votes: {},
    votes_for: 0,
    votes_against: 0,
    votes_abstain: 0,
});

/** One agenda item before the council: its time, notes, resolutions and outcome. */
export class RunItem extends Component {
    static template = "shora_council.RunItem";
    static props = { item: Object, run: Object, act: Function, takeUp: Function, settle: Function };

    setup() {
        this.digits = digits;
        this.parts = [
            { key: "discussion", label: _t("Discussion"), hint: _t("What was said, as the minutes shall have it") },
            { key: "decision", label: _t("Decision"), hint: _t("What came of it") },
        ];
        this.choices = [
            { key: "for", label: _t("In favour") },
            { key: "against", label: _t("Against") },
            { key: "abstain", label: _t("Abstained") },
        ];
        this.totals = [
            { key: "votes_for", label: _t("In favour") },
            { key: "votes_against", label: _t("Against") },
            { key: "votes_abstain", label: _t("Abstained") },
        ];
        this.outcomes = [
            { key: "adopted", label: _t("Adopt"), style: "btn-success" },
            { key: "rejected", label: _t("Reject"), style: "btn-outline-danger" },
            { key: "deferred", label: _t("Defer"), style: "btn-outline-secondary" },
        ];
        this.state = useState({ notes: { discussion: "", decision: "" }, deciding: false, resolution: EMPTY() });
    }

    get isCurrent() {
        return this.props.item.id === this.props.run.session.current_item_id;
    }

    get isOver() {
        const { elapsed, minutes_planned: planned } = this.props.item;
        return planned > 0 && elapsed > planned;
    }

    get voters() {
        return this.props.run.members.filter((row) => ["present", "late"].includes(row.status));
    }

    html(text) {
        return markup(text);
    }

    async note(part) {
        const text = this.state.notes[part];
        if (text.trim() && (await this.props.act("shora.agenda.item", "add_note", [[this.props.item.id], text, part]))) {
            this.state.notes[part] = "";
        }
    }

    startDeciding() {
        this.state.deciding = !this.state.deciding;
        this.state.resolution = { ...EMPTY(), name: this.props.item.name };
    }

    vote(row, choice) {
        const { votes } = this.state.resolution;
        votes[row.id] = votes[row.id] === choice ? null : choice;
    }

    async decide(outcome) {
        const values = { ...this.state.resolution };
        if (await this.props.act("shora.agenda.item", "decide", [[this.props.item.id], values, outcome])) {
            this.state.deciding = false;
        }
    }
}
