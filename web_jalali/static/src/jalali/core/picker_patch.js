import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { today } from "@web/core/l10n/dates";
import { patch } from "@web/core/utils/patch";
import { persianDigits } from "@web_jalali/jalali/core/arithmetic";
import { brand, unbrand } from "@web_jalali/jalali/core/brand";

export const PICKER_SEAMS = [
    ["DateTimePicker", DateTimePicker.prototype, ["adjustFocus", "clamp", "onWillRender", "validateAndSelect"]],
    ["DateTimePicker", DateTimePicker, ["defaultProps"]],
];

const FRIDAY = 5;

/** The days, months, years or decades of a rendered page, whichever it shows. */
function cells(items) {
    return items.flatMap((item) => (item.weeks ? item.weeks.flatMap((week) => week.days) : [item]));
}

/**
 * The pop-up computes its months, years and decades from the focused date: branded, they are Jalali ones.
 *
 * @returns {() => void} what takes the patch away again
 */
export function patchPicker() {
    const { defaultProps } = DateTimePicker;
    // The weeks of the Gregorian year say nothing beside Jalali months, and Iran does not number weeks.
    DateTimePicker.defaultProps = { ...defaultProps, showWeekNumbers: false };
    const unpatch = patch(DateTimePicker.prototype, {
        adjustFocus(values, focusedDateIndex) {
            // Without a value the stock picker focuses today, and cuts it to the month before we could brand it.
            const focused = values.some(Boolean) ? values.map((value) => value && brand(value)) : [brand(today())];
            super.adjustFocus(focused, values.some(Boolean) ? focusedDateIndex : 0);
        },
        clamp(value) {
            // The limits are plain dates, and so would be what is clamped to them.
            return brand(super.clamp(value));
        },
        onWillRender() {
            super.onWillRender();
            this.title = persianDigits(this.title);
            for (const cell of cells(this.items)) {
                cell.label = persianDigits(cell.label);
                if (this.state.precision === "days" && cell.range[0].weekday === FRIDAY) {
                    cell.extraClass += " o_jalali_friday";
                }
            }
        },
        validateAndSelect(value, valueIndex, unit) {
            return super.validateAndSelect(unbrand(value), valueIndex, unit);
        },
    });
    return () => {
        unpatch();
        DateTimePicker.defaultProps = defaultProps;
    };
}
