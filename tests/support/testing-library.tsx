import * as library from "../../node_modules/@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ComponentType, ReactNode } from "react";
import { catalogueOf } from "@/messages/catalogue";

/** Testing Library as component tests get it (vitest.config.ts): all that is rendered has the English messages. */
export * from "../../node_modules/@testing-library/react";

const messages = await catalogueOf("en");
type Wrapper = ComponentType<{ children: ReactNode }>;

const spoken = (Outer?: Wrapper): Wrapper =>
  function Spoken({ children }) {
    const inside = (
      <NextIntlClientProvider
        locale="en"
        messages={messages}
        timeZone="UTC"
        onError={(error) => {
          throw error;
        }}
      >
        {children}
      </NextIntlClientProvider>
    );
    return Outer === undefined ? inside : <Outer>{inside}</Outer>;
  };

export const render = ((ui: ReactNode, options: library.RenderOptions = {}) =>
  library.render(ui, { ...options, wrapper: spoken(options.wrapper as Wrapper) })) as typeof library.render;

export const renderHook = ((hook: () => unknown, options: library.RenderHookOptions<unknown> = {}) =>
  library.renderHook(hook, {
    ...options,
    wrapper: spoken(options.wrapper as Wrapper),
  })) as typeof library.renderHook;
