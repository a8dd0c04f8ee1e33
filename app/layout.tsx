import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { Suspense, type ReactNode } from "react";
import { siteOrigin } from "@/app/api/site-origin";
import { nonceOf } from "@/app/content-security-policy";
import { currentAccount } from "@/app/current-voter";
import { offer } from "@/app/page-access";
import { currentLook, siteName } from "@/app/site-look";
import { NavigationProgress } from "@/components/navigation-progress";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { ThemeProvider } from "@/components/theme-provider";
import { accentProperties } from "@/lib/schemas/administration/accent";
import { FIRST_NAME } from "@/lib/schemas/administration/site-look";
import "./globals.css";

/** A page that is built beforehand cannot carry the nonce of the answer it goes out with (proxy.ts). */
export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const [name, t] = await Promise.all([siteName(), getTranslations("site")]);
  return {
    metadataBase: new URL(siteOrigin({ headers: await headers(), url: "http://localhost" })),
    title: { default: t("title", { name }), template: `%s · ${name}` },
    description: t("description"),
    applicationName: name,
    openGraph: { siteName: name, type: "website" },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f3ee" },
    { media: "(prefers-color-scheme: dark)", color: "#151412" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = nonceOf((await headers()).get("content-security-policy"));
  // A page that needs no database comes without one too.
  const account = await currentAccount().catch(() => null);
  const look = await currentLook();
  const [language, t, { site }] = await Promise.all([getLocale(), getTranslations("site"), getMessages()]);
  const runsSite = await offer("site.run").then(
    ({ kind }) => kind === "open",
    () => false,
  );
  return (
    <html
      lang={language}
      suppressHydrationWarning
      style={look.accent ? accentProperties(look.accent) : undefined}
    >
      <body className="flex flex-col">
        {/* Other areas reach a page's client parts through Messages, where they are used. */}
        <NextIntlClientProvider messages={{ site }}>
          <ThemeProvider nonce={nonce}>
            <a
              href="#main"
              className="bg-accent text-on-accent sr-only z-50 rounded-md px-4 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
            >
              {t("skip")}
            </a>
            <Suspense>
              <NavigationProgress />
            </Suspense>
            <SiteHeader
              name={look.siteName ?? FIRST_NAME}
              logo={look.logo}
              isSignedIn={account !== null && account.userId !== null}
              runsSite={runsSite}
            />
            <main id="main" className="flex-1" tabIndex={-1}>
              {children}
            </main>
            <SiteFooter siteName={look.siteName} contact={look.contact} hasTerms={look.hasTerms} />
          </ThemeProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
