import { cleanup, fireEvent, screen } from "@testing-library/react";
import { render as renderBare } from "../node_modules/@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { Confirm } from "@/components/confirm";
import { CopyField } from "@/components/copy-field";
import { Covered } from "@/components/covered";
import { Explain } from "@/components/explain";
import { IntervalBar } from "@/components/interval-bar";
import { PageButtons } from "@/components/page-buttons";
import { RefusedPage } from "@/components/refused-page";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { SourceImages } from "@/components/source-images";
import { VisitorMark } from "@/components/visitor-mark";
import ErrorPage from "@/app/error";
import NotFound from "@/app/not-found";
import type { Language } from "@/lib/schemas/languages";
import { catalogueOf } from "@/messages/catalogue";
import { outsideTexts } from "@/messages/outside-text";
import { pageRouter } from "@/tests/support/page-router";

afterEach(cleanup);

async function renderIn(language: Language, ui: ReactNode) {
  const { wrapper: Router } = pageRouter("/arena");
  const messages = await catalogueOf(language);
  return renderBare(
    <Router>
      <NextIntlClientProvider locale={language} messages={messages} timeZone="UTC">
        {ui}
      </NextIntlClientProvider>
    </Router>,
  );
}

const SHELL = (
  <>
    <SiteHeader runsSite />
    <NotFound />
    <RefusedPage title="" text="" signIn />
    <ErrorPage error={Object.assign(new Error(), { digest: "123" })} retry={() => undefined} />
    <SiteFooter hasTerms contact="people@example.org" />
  </>
);

test("the shell has no text outside of the catalogue, its open menu included", async () => {
  await renderIn("en-XA", SHELL);
  fireEvent.click(screen.getByRole("button", { name: "[Ṁéñû]" }));
  await screen.findByRole("dialog");
  expect(outsideTexts(document.body)).toEqual([]);
});

test("nor have the parts that rooms share", async () => {
  const page = { total: 30, offset: 10, pageSize: 10, prompts: Array.from({ length: 10 }) };
  await renderIn(
    "en-XA",
    <>
      <Confirm label={null} ask="" go="" onGo={() => Promise.resolve()} />
      <CopyField id="text" label="" text="https://example.org" />
      <Covered prompt="a red ball" onShow={() => undefined} />
      <Covered prompt="a red ball" />
      <Explain about="">{null}</Explain>
      <IntervalBar value={1_012} low={990} high={1_030} axis={{ low: 900, high: 1_100, ticks: [1_000] }} />
      <PageButtons page={page} go={() => undefined} />
      <SourceImages sources={["/1.webp", "/2.webp"]} reference="/3.webp" />
      <VisitorMark submittedBy="visitor" />
      <VisitorMark submittedBy="visitor" inLink />
    </>,
  );
  fireEvent.click(screen.getAllByRole("button")[0]);
  expect(outsideTexts(document.body)).toEqual([]);
});

test("text that no message gave is found, in attributes too; names and values of messages are not taken for it", async () => {
  await renderIn(
    "en-XA",
    <>
      <p>Forgotten</p>
      <img src="/none.webp" alt="A forgotten image" />
      <p translate="no">Toybox Pixel S</p>
      <p>2.4 s, 22 MB</p>
      <SiteFooter siteName="Atelier" />
    </>,
  );
  expect(outsideTexts(document.body)).toEqual(["Forgotten", 'alt="A forgotten image"']);
});

test("the switch of languages shows the one in use, and a choice is remembered for every page", async () => {
  await renderIn("de", <SiteFooter />);
  const choice = screen.getByRole<HTMLSelectElement>("combobox", { name: "Sprache" });
  expect([choice.value, choice.selectedOptions[0].text]).toEqual(["de", "Deutsch"]);
  fireEvent.change(choice, { target: { value: "ja" } });
  expect(document.cookie).toContain("language=ja");
});
