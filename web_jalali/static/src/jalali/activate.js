import { user } from "@web/core/user";
import { session } from "@web/session";
import { activate } from "@web_jalali/jalali/luxon_patch";
import { patchCalendar } from "@web_jalali/jalali/calendar_patch";
import { patchPicker } from "@web_jalali/jalali/picker_patch";
import { patchSearch } from "@web_jalali/jalali/search_patch";

// The backend's page names no language; the font follows this class.
document.documentElement.classList.toggle("o_persian", Boolean(user.lang?.startsWith("fa")));

if (session.jalali && activate()) {
    patchPicker();
    patchSearch();
    patchCalendar();
}
