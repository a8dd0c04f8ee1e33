import type { Metadata, Viewport } from "next";
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
  const name = await siteName();
  return {
    metadataBase: new URL(siteOrigin({ headers: await headers(), url: "http://localhost" })),
    title: { default: `${name}: blind comparison of image generators`, template: `%s · ${name}` },
    description:
      "Two images of one prompt, names hidden. Votes become a ranking that says how sure it is, beside measured distances, prices and facts.",
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
  const runsSite = await offer("site.run").then(
    ({ kind }) => kind === "open",
    () => false,
  );
  return (
    <html lang="en" suppressHydrationWarning style={look.accent ? accentProperties(look.accent) : undefined}>
      <body className="flex flex-col">
        <ThemeProvider nonce={nonce}>
          <a
            href="#main"
            className="bg-accent text-on-accent sr-only z-50 rounded-md px-4 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          >
            Skip to content
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
      </body>
    </html>
  );
}
