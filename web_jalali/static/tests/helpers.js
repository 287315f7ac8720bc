import { after } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { defineParams, makeMockEnv } from "@web/../tests/web_test_helpers";
import { activate } from "@web_jalali/jalali/core/canary";

const { Settings } = luxon;

/** The localization of fa_IR as the server sends it. */
export function definePersian() {
    defineParams({
        lang: "fa_IR",
        lang_parameters: {
            date_format: "%Y/%m/%d",
            time_format: "%H:%M:%S",
            week_start: 6,
            direction: "rtl",
            decimal_point: ".",
            thousands_sep: ",",
            grouping: "[3,0]",
        },
    });
}

/**
 * An environment of somebody who reads Jalali, with these patches until the test ends; the clock stands at half past
 * nine of Monday 2 Azar 1405 in Tehran.
 */
export async function readJalali(...patches) {
    const { defaultLocale, defaultNumberingSystem } = Settings;
    mockDate("2026-11-23 09:30:00", "Asia/Tehran");
    await makeMockEnv();
    const restore = activate([], patches);
    after(() => {
        restore();
        Object.assign(Settings, { defaultLocale, defaultNumberingSystem });
    });
}
