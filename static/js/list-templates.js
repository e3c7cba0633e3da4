/* A list template that is chosen is filled in at once. Without this the button beside it does the same. */
"use strict";

{
  // Not form.elements: a field of the form has that name.
  const field = (name) => document.querySelector(`#order-form [name="${name}"]`);
  const templates = JSON.parse(document.getElementById("list-templates").textContent);

  const fillIn = ({ said, elements, ...years }) => {
    for (const [name, year] of Object.entries(years)) field(name).value = year;
    for (const box of document.querySelectorAll('#order-form [name="elements"]')) {
      if (elements) box.checked = elements.includes(box.value);
    }
    document.getElementById("filled-in").textContent = said;
  };

  field("template").addEventListener("change", (event) => {
    const template = templates[event.target.value];
    if (template) fillIn(template);
  });
}
