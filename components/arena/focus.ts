/** Whether the focus stands on nothing one can use: on the page, on a control that was switched off, or on the stage as a whole. */
export function isFocusLost(): boolean {
  const { activeElement: active } = document;
  return (
    active === null ||
    active === document.body ||
    active.hasAttribute("data-pair") ||
    (active instanceof HTMLButtonElement && active.disabled)
  );
}
