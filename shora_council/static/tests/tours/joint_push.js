import { registry } from "@web/core/registry";
import { persian } from "./persian";

/** The Secretariat puts a theme of a joint session to two councils and finds both on the page it is followed on. */

const row = (name, list = ".o_list_renderer") => `${list} tr.o_data_row:contains("${name}")`;

registry.category("web_tour.tours").add("shora_joint_push", {
    steps: () => [
        { trigger: row("هوای پاک") },
        persian("themes of the joint meeting"),
        { trigger: `${row("هوای پاک")} td[name=name]`, run: "click" },
        { trigger: ".o_form_view .o_form_statusbar button[name=action_push]:enabled", run: "click" },
        { trigger: '.modal [name=council_ids] label:contains("شورای نخست")' },
        persian("which councils", ".modal"),
        { trigger: '.modal [name=council_ids] .form-check:contains("شورای دوم") input', run: "click" },
        { trigger: '.modal [name=council_ids] .form-check:contains("شورای دوم") input:checked' },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: `${row("شورای نخست", "[name=push_ids]")}:contains("پیشنهادشده")` },
        { trigger: `${row("شورای دوم", "[name=push_ids]")}:contains("در انتظار جلسه")` },
        persian("followed in the councils"),
    ],
});

registry.category("web_tour.tours").add("shora_joint_suggested", {
    steps: () => [
        { trigger: row("آموزش") },
        persian("suggested themes"),
        { trigger: `${row("آموزش")} button[name=action_put_on_agenda]:enabled`, run: "click" },
        { trigger: ".o_form_view .o_notebook .nav-link[name=agenda]", run: "click" },
        { trigger: `${row("آموزش", "[name=agenda_item_ids]")}:contains("پذیرفته‌شده")` },
        persian("joint session"),
    ],
});
