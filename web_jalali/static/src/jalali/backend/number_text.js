import { persianDigits } from "@web_jalali/jalali/core/arithmetic";
import { gate } from "@web_jalali/jalali/core/numbers";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** A number that is a text, «۱۴۰۵/ش/۷۰»: Persian digits for whom numbers have them; what is typed stays as typed. */
export class NumberTextField extends CharField {
    get formattedValue() {
        const text = super.formattedValue;
        return gate.open ? persianDigits(text) : text;
    }
}

registry.category("fields").add("number_text", { ...charField, component: NumberTextField });
