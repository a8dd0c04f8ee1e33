import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { LanguageSwitch } from "@/components/language-switch";
import { LANGUAGE_COOKIE, languageFor } from "@/lib/schemas/languages";
import { pageRouter } from "@/tests/support/page-router";

afterEach(cleanup);

test("the language that is chosen is remembered by the browser, and goes before the one that it asks for", () => {
  render(<LanguageSwitch />, { wrapper: pageRouter("/arena").wrapper });
  const choice = screen.getByRole<HTMLSelectElement>("combobox", { name: "Language" });
  expect([...choice.options].map(({ lang }) => lang)).toEqual(["en", "de", "fr", "zh", "ja"]);
  fireEvent.change(choice, { target: { value: "fr" } });
  const remembered = new RegExp(`${LANGUAGE_COOKIE}=(\\w+)`).exec(document.cookie)?.[1];
  expect(languageFor(remembered, "de-AT,de;q=0.9")).toBe("fr");
});
