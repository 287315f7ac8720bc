/* global Chart */
import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { localization } from "@web/core/l10n/localization";
import { user } from "@web/core/user";

/** Tones of the series as Bootstrap's variables; the theme, light or dark, gives them their colours. */
const TONES = {
    good: ["--success", "#28a745"],
    bad: ["--danger", "#d44c59"],
    warn: ["--warning", "#e99d00"],
    main: ["--primary", "#71639e"],
    other: ["--info", "#17a2b8"],
    rest: ["--secondary", "#8f939a"],
};

/**
 * A chart of Chart.js, as Odoo ships it, in the reader's direction, digits, font and colours. Whoever cannot see it is
 * told what it shows, and finds its figures in the table beside it.
 */
export class DashboardChart extends Component {
    static template = "shora_council_reports.DashboardChart";
    static props = {
        // "bar", "line" or "row" (bars from the side)
        type: String,
        title: String,
        labels: { type: Array, element: String },
        // {label, tone, values}: one tone for all, or one for each value; a null leaves a gap
        series: { type: Array, element: Object },
        stacked: { type: Boolean, optional: true },
        percent: { type: Boolean, optional: true },
        height: { type: Number, optional: true },
        // called with the places of series and label that were clicked
        onPick: { type: Function, optional: true },
    };
    static defaultProps = { stacked: false, percent: false, height: 260 };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.labels, this.props.series],
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        const style = getComputedStyle(this.canvas.el);
        Chart.defaults.font.family = style.fontFamily;
        this.chart = new Chart(this.canvas.el, {
            type: this.props.type === "line" ? "line" : "bar",
            data: {
                // months stand on two lines, name and year: so they need not be turned
                labels: this.props.labels.map((label) =>
                    /^\S+\s[\d۰-۹]{4}$/.test(label) ? label.split(" ") : label,
                ),
                datasets: this.props.series.map((one) => this.dataset(one, style)),
            },
            options: this.options(style),
        });
    }

    dataset({ label, tone, values }, style) {
        const paint = (key) => style.getPropertyValue(TONES[key][0]).trim() || TONES[key][1];
        const color = Array.isArray(tone) ? tone.map(paint) : paint(tone);
        return {
            label,
            data: values,
            backgroundColor: color,
            borderColor: color,
            borderWidth: this.props.type === "line" ? 2 : 0,
            maxBarThickness: 36,
            clip: false, // a point at 100 % stays whole
            spanGaps: true,
            tension: 0.2,
            pointRadius: 3,
        };
    }

    options(style) {
        const rtl = localization.direction === "rtl";
        const text = (value) => (this.props.percent ? this.percent(value) : this.number(value));
        const grid = style.getPropertyValue("--border-color").trim() || "rgba(128, 128, 128, 0.3)";
        const along = {
            offset: true,
            reverse: rtl && this.props.type !== "row",
            stacked: this.props.stacked,
            grid: { display: false },
            ticks: { color: style.color, autoSkip: this.props.type !== "row", maxRotation: 0, font: { size: 11 } },
        };
        const amount = {
            position: rtl && this.props.type !== "row" ? "right" : undefined,
            reverse: rtl && this.props.type === "row",
            stacked: this.props.stacked,
            beginAtZero: true,
            max: this.props.percent ? 100 : undefined,
            grid: { color: grid },
            ticks: { color: style.color, precision: 0, callback: text },
        };
        const side = this.props.type === "row";
        if (side) {
            along.position = rtl ? "right" : "left";
        }
        return {
            indexAxis: side ? "y" : "x",
            responsive: true,
            maintainAspectRatio: false,
            animation: false,
            scales: side ? { x: amount, y: along } : { x: along, y: amount },
            onClick: (ev, items) => items.length && this.props.onPick?.(items[0].datasetIndex, items[0].index),
            onHover: (ev, items) => {
                ev.native.target.style.cursor = items.length && this.props.onPick ? "pointer" : "default";
            },
            plugins: {
                legend: {
                    display: this.props.series.length > 1,
                    rtl,
                    textDirection: localization.direction,
                    labels: { color: style.color, boxWidth: 14 },
                },
                tooltip: {
                    rtl,
                    textDirection: localization.direction,
                    callbacks: {
                        title: ([item]) => this.props.labels[item.dataIndex],
                        label: ({ dataset, raw }) => (raw === null ? "" : `${dataset.label}: ${text(raw)}`),
                    },
                },
            },
        };
    }

    number(value) {
        return new Intl.NumberFormat(user.lang, { useGrouping: false }).format(value);
    }

    percent(value) {
        return new Intl.NumberFormat(user.lang, { style: "percent" }).format(value / 100);
    }
}
