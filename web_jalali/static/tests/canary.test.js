import { after, describe, expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { Attachment } from "@mail/core/common/attachment_model";
import { SEAMS } from "@web_jalali/jalali/backend/activate";
import { patchMail } from "@web_jalali/jalali/backend/mail_patch";
import { patchFullCalendar } from "@web_jalali/jalali/backend/fullcalendar_patch";
import { activate, lostSeams } from "@web_jalali/jalali/core/canary";
import { patchLuxon } from "@web_jalali/jalali/core/luxon_patch";
import { EXCHANGED, awaitedSeams } from "@web_jalali/jalali/core/numbers";

describe.current.tags("headless");

function listen() {
    patchWithCleanup(console, { info: (text) => expect.step(text) });
}

test("every seam of the client exists", () => {
    expect(lostSeams(SEAMS)).toEqual([]);
});

test("every exported function that is exchanged exists", () => {
    const missing = Object.entries(EXCHANGED).flatMap(([name, functions]) =>
        Object.keys(functions).filter((key) => typeof odoo.loader.modules.get(name)?.[key] !== "function")
    );
    expect(missing).toEqual([]);
});

test("a lost seam leaves everything as it was, and says so in one line", () => {
    listen();
    class Moved {
        stays() {}
    }
    const restore = activate([["Moved", Moved.prototype, ["stays", "went"]]], [() => expect.step("patched")]);
    expect(restore).toBe(false);
    expect.verifySteps(["Jalali dates stay inactive: there is no Moved.went"]);
    expect(lostSeams([["Gone", undefined, ["all"]]])).toEqual(["Gone.all"]);
});

test("functions that nobody exchanged in time are lost seams", () => {
    // Nothing is listened to in these tests.
    expect(lostSeams(awaitedSeams("@web/core/utils/strings"))).toEqual(["@web/core/utils/strings.mapSubstitutions"]);
});

test("a calendar library without its seams is left alone", () => {
    patchWithCleanup(console, { info: (text) => expect.step(text.split(".")[0]) });
    const stock = globalThis.FullCalendar;
    after(() => (globalThis.FullCalendar = stock));
    globalThis.FullCalendar = { Internal: {}, Calendar: class {} };
    expect(patchFullCalendar()).toBe(false);
    expect.verifySteps(["Calendar views stay Gregorian: there is no FullCalendar"]);
});

test("patches are taken away in the reverse order", () => {
    const patches = ["first", "second"].map((name) => () => () => expect.step(name));
    activate([], patches)();
    expect.verifySteps(["second", "first"]);
});

test("attachments are filed under the Jalali month", () => {
    const create_date = luxon.DateTime.fromISO("2026-11-23");
    const read = () => Object.getOwnPropertyDescriptor(Attachment.prototype, "monthYear").get.call({ create_date });
    const stock = read();
    const restoreLuxon = patchLuxon();
    const restore = patchMail();
    expect(read()).toBe("آذر ۱۴۰۵");
    restore();
    restoreLuxon();
    expect(read()).toBe(stock);
});
