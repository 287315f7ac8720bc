import { user } from "@web/core/user";

const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";

/** `value` (a number or an hour) with the reader's digits. */
export function digits(value) {
    const text = String(value ?? "");
    return user.lang.startsWith("fa") ? text.replace(/\d/g, (digit) => PERSIAN[digit]) : text;
}

/** What a Persian or Arabic keyboard typed, with Latin digits. */
export function latin(text) {
    return text
        .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x06f0)
        .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x0660)
        .trim();
}
