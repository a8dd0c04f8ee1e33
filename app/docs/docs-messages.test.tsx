import { cleanup } from "@testing-library/react";
import { render } from "../../node_modules/@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import ApiPage from "@/app/docs/api/page";
import MethodsPage from "@/app/docs/methods/page";
import { catalogueOf } from "@/messages/catalogue";
import { outsideTexts } from "@/messages/outside-text";

afterEach(cleanup);

async function show(page: ReactNode) {
  const messages = await catalogueOf("en-XA");
  render(
    <NextIntlClientProvider
      locale="en-XA"
      messages={messages}
      timeZone="UTC"
      onError={(error) => {
        throw error;
      }}
    >
      {page}
    </NextIntlClientProvider>,
  );
}

test.each([
  ["methods", <MethodsPage key="methods" />],
  ["the API", <ApiPage key="api" />],
])("the page of %s has no text outside of the catalogue but what it marks as such", async (_name, page) => {
  await show(page);
  expect(outsideTexts(document.body)).toEqual([]);
});
