/* Beside a time that is set in the time of the site: what that is on the reader's own
   clock. Without this file the note above the fields says in which zone they are. */

const { words } = document.querySelector("[data-times]").dataset;
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "medium",
  timeStyle: "short",
});

function attach(field) {
  const said = document.createElement("p");
  said.className = "small soft setup__local";
  field.after(said);
  const show = () => {
    const time = new Date(`${field.value}Z`);
    const isTime = field.value !== "" && !Number.isNaN(time.valueOf());
    said.textContent = isTime ? words.replace("{time}", clock.format(time)) : "";
  };
  field.addEventListener("input", show);
  show();
}

/* Whose clock shows the time of the site needs no second one. */
if (new Date().getTimezoneOffset() !== 0) {
  document.querySelectorAll("[data-time]").forEach(attach);
}
