/* A role's form: opens and greys the elements while legal bases are ticked. Without this file only the server checks them. */
"use strict";

{
  const bases = [...document.querySelectorAll('input[name="legal_bases"]')];

  const show = (element, ticked) => {
    const box = element.querySelector("input");
    const cited = [...element.querySelectorAll("[data-basis]")];
    const open = cited.some((basis) => ticked.has(basis.dataset.basis));
    element.toggleAttribute("data-open", open);
    for (const basis of cited) basis.hidden = open && !ticked.has(basis.dataset.basis);
    box.disabled = !open && !box.checked;
  };

  const showAll = () => {
    const ticked = new Set(bases.filter((box) => box.checked).map((box) => box.value));
    for (const element of document.querySelectorAll(".element")) show(element, ticked);
  };

  for (const box of bases) box.addEventListener("change", showAll);
  showAll();
}
