import { Pager } from "@web/core/pager/pager";
import * as templates from "@web/core/templates";
import { patch } from "@web/core/utils/patch";
import { IntegerField } from "@web/views/fields/integer/integer_field";
import { numberText, patchGlobals, plainNumber } from "@web_jalali/jalali/core/numbers";

export const NUMBER_SEAMS = [
    ["Pager", Pager.prototype, ["value", "parse"]],
    ["IntegerField", IntegerField.prototype, ["formattedValue"]],
    ["templates", templates, ["registerTemplateProcessor"]],
];

// Texts of these are contents that are edited, or sheets whose cells have digits of their own.
const NOT_OURS = /^(html_editor|html_builder|website|spreadsheet|point_of_sale|pos_)/;
// «(12)»: the template writes the brackets and joins.
const COMPOSED = /(['"`])[\s()+.,:%/-]*\1\s*\+|\+\s*(['"`])[\s()+.,:%/-]*\2/;

/** Let each place of a template that prints a bare number ask for its Persian text. */
export function processTemplates(doc) {
    const root = doc.documentElement;
    if (NOT_OURS.test(root.getAttribute("t-name") || root.getAttribute("t-inherit") || "")) {
        return;
    }
    for (const element of doc.querySelectorAll("[t-esc], [t-out]")) {
        const directive = element.hasAttribute("t-esc") ? "t-esc" : "t-out";
        const expression = element.getAttribute(directive);
        if (expression.trim() && expression.trim() !== "0") {
            const composed = COMPOSED.test(expression);
            element.setAttribute(directive, `window.odoo.numberText(${expression}, ${composed})`);
        }
    }
}

/** The pager says «۱ تا ۴۰», and reads it again. */
export function patchPager() {
    return patch(Pager.prototype, {
        get value() {
            const [first, last] = super.value.split("-").map((number) => numberText(Number(number)));
            return last ? `${first} تا ${last}` : first;
        },
        parse(value) {
            return super.parse(plainNumber(value).replace(/\s*تا\s*/, "-"));
        },
    });
}

/** A number without separators, such as a year, is no formatter's: it has the digits of the rest of the page too. */
export function patchPlainIntegers() {
    return patch(IntegerField.prototype, {
        get formattedValue() {
            const text = super.formattedValue;
            // The browser's own number input knows Latin digits alone.
            return this.props.inputType === "number" && !this.props.readonly ? text : numberText(text);
        },
    });
}

/** Counters, pagers and whatever else prints a number that no formatter has seen. */
export function patchNumbers() {
    odoo.numberText = numberText;
    templates.registerTemplateProcessor(processTemplates); // for good: no template is compiled anew
    const undo = [patchGlobals(), patchPager(), patchPlainIntegers()];
    return () => undo.reverse().forEach((restore) => restore());
}
