import { persian } from "@shora_council/../tests/tours/persian";
import { registry } from "@web/core/registry";

/** The dashboards and what their numbers open, and a pivot by Jalali months, on Persian screens. */

const MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند";
const latin = (text) => text.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit)).replace(/\D/g, "");

/** Steps that click a number and find as many records in the list that opens. */
function opens(content, selector) {
    let value = null;
    return [
        {
            content: `${content}: a number`,
            trigger: selector,
            run({ queryFirst }) {
                const figure = queryFirst(selector);
                value = figure.dataset.value;
                if (latin(figure.querySelector(".fs-2")?.innerText || figure.innerText) !== value) {
                    throw new Error(`${figure.innerText} is not ${value} in Persian digits`);
                }
                figure.click();
            },
        },
        {
            content: `${content}: its records`,
            trigger: ".o_list_view .o_pager_limit",
            run({ queryFirst }) {
                const count = latin(queryFirst(".o_list_view .o_pager_limit").innerText);
                if (count !== value) {
                    throw new Error(`${content}: ${count} records for the number ${value}`);
                }
            },
        },
        persian(`${content}: the list`),
        { content: "back to the dashboard", trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a", run: "click" },
        { trigger: ".o_shora_dashboard" },
    ];
}

const drawn = (content) => ({
    content: `${content}: the charts are drawn and told in words`,
    trigger: ".o_shora_dashboard canvas[aria-label]",
    run() {
        const canvases = [...document.querySelectorAll(".o_shora_dashboard canvas")];
        for (const canvas of canvases) {
            const chart = window.Chart.getChart(canvas);
            if (!chart || !chart.data.labels.length || canvas.width < 50) {
                throw new Error("a chart is empty");
            }
            if (/[A-Za-z]{3,}/.test(canvas.getAttribute("aria-label"))) {
                throw new Error("a chart is not told in Persian");
            }
        }
        const trend = window.Chart.getChart(canvases[0]);
        if (!new RegExp(`^(${MONTHS})\\s[۰-۹]{4}$`).test(trend.data.labels[0].join(" ")) || !trend.options.scales.x.reverse) {
            throw new Error(`months read from right to left: ${trend.data.labels[0]}`);
        }
    },
});

registry.category("web_tour.tours").add("shora_dashboards", {
    steps: () => [
        drawn("Secretariat"),
        persian("dashboard of the Secretariat", ".o_shora_dashboard"),
        ...opens("attendance", ".o_shora_months td[data-key=attended] .o_shora_figure"),
        ...opens("a card", ".o_shora_card[data-model='shora.session']:not([data-value='0'])"),
        ...opens("members", ".o_shora_councils td[data-key=total] .o_shora_figure"),
        { content: "one council", trigger: ".o_shora_council:contains(شورای آزمون)", run: "click" },
        { trigger: ".o_shora_dashboard .o_shora_measures" },
        drawn("council"),
        persian("dashboard of a council", ".o_shora_dashboard"),
        ...opens("article 4", ".o_shora_measures .o_shora_figure"),
    ],
});

registry.category("web_tour.tours").add("shora_screen_pivot", {
    steps: () => [
        {
            content: "rows are Jalali months",
            trigger: ".o_pivot table",
            run() {
                const heads = [...document.querySelectorAll(".o_pivot tbody th")].map((head) => head.innerText.trim());
                if (!heads.some((head) => new RegExp(`^(${MONTHS})\\s[۰-۹]{4}$`).test(head))) {
                    throw new Error(`no Jalali month among ${heads.join(" | ")}`);
                }
            },
        },
        persian("pivot of attendance"),
        { content: "as a graph", trigger: ".o_cp_switch_buttons .o_graph", run: "click" },
        { trigger: ".o_graph_canvas_container canvas" },
        persian("graph of attendance"),
        { content: "as a list", trigger: ".o_cp_switch_buttons .o_list", run: "click" },
        { content: "a row opens its record", trigger: ".o_list_view .o_data_row .o_data_cell", run: "click" },
        { trigger: ".o_form_view" },
        persian("the record behind a row"),
    ],
});
