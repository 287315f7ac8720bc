import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAll, queryAllAttributes, queryAllTexts, queryText, waitFor, waitForNone } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc, preloadBundle } from "@web/../tests/web_test_helpers";
import {
    changeScale,
    clickDate,
    expandCalendarView,
    moveEventToDate,
    navigate,
    pickDate,
} from "@web/../tests/views/calendar/calendar_test_helpers";
import { patchCalendar } from "@web_jalali/jalali/backend/calendar_patch";
import { patchLuxon } from "@web_jalali/jalali/core/luxon_patch";
import { patchPicker } from "@web_jalali/jalali/core/picker_patch";
import { definePersian, readJalali } from "./helpers";

describe.current.tags("desktop");
preloadBundle("web.fullcalendar_lib");

class Session extends models.Model {
    name = fields.Char();
    start = fields.Datetime();
    stop = fields.Datetime();
    is_all_day = fields.Boolean();
    _records = [{ id: 1, name: "session", start: "2025-03-19 06:00:00", stop: "2025-03-19 08:00:00" }];
    _views = { form: `<form><field name="name"/></form>` };

    has_access() {
        return true;
    }
}

defineMailModels();
defineModels([Session]);
definePersian();

let daysOff;
beforeEach(async () => {
    daysOff = { rest: [], holidays: {}, is_assumed: false };
    onRpc("resource.calendar", "get_days_off", () => daysOff);
    await readJalali(patchLuxon, patchPicker, patchCalendar);
});

const HEADER = ".o_calendar_header h5";
const IN_MONTH = ".o_calendar_widget .fc-daygrid-day:not(.fc-day-other)";

async function mountCalendar(date = "2026-11-23", mode = "month") {
    await mountView({
        type: "calendar",
        resModel: "session",
        arch: `<calendar date_start="start" date_stop="stop" all_day="is_all_day" mode="${mode}" event_open_popup="1"><field name="name"/></calendar>`,
        context: { initial_date: `${date} 08:00:00` },
    });
}

test("each month of a leap year and of the next has its days", async () => {
    await mountCalendar("2024-03-25");
    const months = [];
    for (let month = 0; month < 24; month++) {
        months.push([queryText(HEADER), queryAll(IN_MONTH).length]);
        const dates = queryAllAttributes(IN_MONTH, "data-date");
        expect(new Set(dates).size).toBe(dates.length);
        await navigate("next");
    }
    const names = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(" ");
    const expected = ["۱۴۰۳", "۱۴۰۴"].flatMap((year) =>
        names.map((name, index) => [`${name} ${year}`, index < 6 ? 31 : index < 11 || year === "۱۴۰۳" ? 30 : 29])
    );
    expect(months).toEqual(expected);
});

test("the fetched range is the drawn one", async () => {
    onRpc("session", "search_read", ({ kwargs }) => expect.step(JSON.stringify(kwargs.domain)));
    await mountCalendar("2025-03-20");
    expect.verifySteps([`[["start","<=","2025-03-28 20:29:59"],["stop",">=","2025-02-14 20:30:00"]]`]);
    await navigate("next");
    expect(queryText(HEADER)).toBe("فروردین ۱۴۰۴");
    expect.verifySteps([`[["start","<=","2025-04-25 20:29:59"],["stop",">=","2025-03-14 20:30:00"]]`]);
    await navigate("prev");
    expect(queryText(HEADER)).toBe("اسفند ۱۴۰۳");
    expect.verifySteps([`[["start","<=","2025-03-28 20:29:59"],["stop",">=","2025-02-14 20:30:00"]]`]);
});

test("an event dragged over the end of the year lands on the day", async () => {
    onRpc("session", "write", ({ args: [, values] }) => {
        expect.step(`${values.start} ${values.stop}`);
        return true;
    });
    await mountCalendar("2025-03-20");
    expandCalendarView();
    expect(queryText(`.fc-day[data-date="2025-03-20"] .fc-daygrid-day-number`)).toBe("۳۰");
    expect(queryText(`.fc-day[data-date="2025-03-21"] .fc-daygrid-day-number`)).toBe("۱");
    await moveEventToDate(1, "2025-03-20");
    await moveEventToDate(1, "2025-03-21");
    expect.verifySteps(["2025-03-20 06:00:00 2025-03-20 08:00:00", "2025-03-21 06:00:00 2025-03-21 08:00:00"]);
});

test("a click on a day makes an event of that day", async () => {
    onRpc("session", "create", ({ args: [[values]] }) => {
        expect.step(values.start);
    });
    await mountCalendar("2030-03-10"); // اسفند ۱۴۰۸
    expect(queryText(HEADER)).toBe("اسفند ۱۴۰۸");
    expect(queryAll(IN_MONTH)).toHaveLength(30);
    await clickDate("2030-03-20");
    expect(".o-calendar-quick-create").toHaveCount(1);
    const input = queryAll(".o-calendar-quick-create--input")[0];
    input.value = "۳۰ اسفند";
    input.dispatchEvent(new window.Event("input"));
    queryAll(".o-calendar-quick-create--create-btn")[0].click();
    await new Promise((resolve) => setTimeout(resolve));
    expect.verifySteps(["2030-03-20"]);
});

test("week and day: headers and columns", async () => {
    await mountCalendar("2025-03-20", "week");
    expect(queryText(HEADER)).toMatch(/^اسفند ۱۴۰۳/);
    expect(queryAllTexts(".o_cw_day_number")).toEqual(["۲۵", "۲۶", "۲۷", "۲۸", "۲۹", "۳۰", "۱"]);
    await changeScale("day");
    expect(queryText(HEADER)).toBe("۳۰ اسفند ۱۴۰۳");
    await navigate("next");
    expect(queryText(HEADER)).toBe("۱ فروردین ۱۴۰۴");
});

test("a year is twelve Jalali months", async () => {
    await mountCalendar("2025-03-20", "year");
    expect(queryText(HEADER)).toBe("۱۴۰۳");
    const titles = queryAllTexts(".fc-toolbar-title");
    expect(titles).toHaveLength(12);
    expect([titles[0], titles[11]]).toEqual(["فروردین ۱۴۰۳", "اسفند ۱۴۰۳"]);
    const days = queryAll(".fc-month-container").map(
        (month) => month.querySelectorAll(".fc-daygrid-day:not(.fc-day-disabled)").length
    );
    expect(days).toEqual([31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30]);
    await navigate("next");
    expect(queryText(HEADER)).toBe("۱۴۰۴");
});

test("the side picker leads to the day", async () => {
    await mountCalendar("2025-03-01");
    expect(queryText(".o_calendar_sidebar .o_datetime_picker_header")).toBe("اسفند ۱۴۰۳");
    await pickDate("0000-00-30");
    expect(queryText(HEADER)).toMatch(/^اسفند ۱۴۰۳/);
    expect(queryAllTexts(".o_cw_day_number")).toEqual(["۲۵", "۲۶", "۲۷", "۲۸", "۲۹", "۳۰", "۱"]);
});

test("days of rest are shaded, holidays named", async () => {
    daysOff = {
        rest: ["2025-03-20", "2025-03-21"],
        holidays: { "2025-03-21": "عید نوروز" },
        is_assumed: false,
    };
    await mountCalendar("2025-03-20");
    expect(queryAllAttributes(".fc-day.o_calendar_disabled", "data-date")).toEqual(["2025-03-20", "2025-03-21"]);
    expect(queryAllAttributes(".fc-day.o_jalali_holiday", "data-date")).toEqual(["2025-03-21"]);
    expect(queryText(".o_jalali_holiday_name")).toBe("عید نوروز");
    expect(`.fc-day[data-date="2025-03-21"]`).toHaveAttribute("title", "عید نوروز");
});

test("hiding the weekend hides Thursday and Friday", async () => {
    await mountCalendar("2026-11-23");
    await changeScale("month");
    queryAll(".o_calendar_header .dropdown-toggle, .o_view_scale_selector .dropdown-toggle")[0]?.click();
    await waitFor(".o_show_weekends", { timeout: 5000 });
    queryAll(".o_show_weekends")[0].click();
    await waitForNone(".fc-day-thu, .fc-day-fri", { timeout: 5000 });
    expect(".fc-day-thu, .fc-day-fri").toHaveCount(0);
    expect(".fc-col-header-cell.fc-day-sat").toHaveCount(1);
    expect(".fc-col-header-cell.fc-day-sun").toHaveCount(1);
});
