import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { patch } from "@web/core/utils/patch";
import { session } from "@web/session";
import { persianDigits } from "@web_jalali/jalali/arithmetic";
import { activate, brand, isBranded, unbrand } from "@web_jalali/jalali/luxon_patch";

/** The pop-up computes its months, years and decades from the focused date: branded, they are Jalali ones. */
function patchPicker() {
    patch(DateTimePicker.prototype, {
        adjustFocus(values, focusedDateIndex) {
            super.adjustFocus(values.map((value) => value && brand(value)), focusedDateIndex);
            if (this.state.focusDate && !isBranded(this.state.focusDate)) {
                this.state.focusDate = brand(this.state.focusDate).startOf("month");
            }
        },
        onWillRender() {
            super.onWillRender();
            this.title = Array.isArray(this.title) ? this.title.map(persianDigits) : persianDigits(this.title);
            for (const item of this.items) {
                for (const day of item.weeks ? item.weeks.flatMap((week) => week.days) : [item]) {
                    day.label = persianDigits(day.label);
                }
            }
        },
        validateAndSelect(value, valueIndex, unit) {
            return super.validateAndSelect(value && unbrand(value), valueIndex, unit);
        },
    });
}

if (session.jalali && activate()) {
    patchPicker();
}
