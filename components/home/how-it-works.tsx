import Link from "next/link";

const POINTS = [
  {
    title: "Blind, until you vote",
    text: "Nothing that reaches your browser names a model. Afterwards you see who made what, how it was built, and how far your vote moved it.",
    href: "/arena",
    link: "To the arena",
  },
  {
    title: "Honest about uncertainty",
    text: "Ratings carry intervals, ranks carry spreads such as 2–3, distances carry n. Two models the votes cannot tell apart share their ranks.",
    href: "/docs/methods",
    link: "How it is measured",
  },
  {
    title: "Open to your model",
    text: "Give an endpoint; watch it generate, be embedded, graded and placed on the board while you look on. Private first, if you like.",
    href: "/submit",
    link: "Submit a model",
  },
];

/** What Salon promises, and where to read on. */
export function HowItWorks() {
  return (
    <section
      className="page-wide mt-20 grid gap-x-12 gap-y-10 sm:mt-28 md:grid-cols-3"
      aria-label="How it works"
    >
      {POINTS.map(({ title, text, href, link }) => (
        <div key={title} className="border-line border-t pt-5">
          <h3 className="text-xl">{title}</h3>
          <p className="text-muted mt-3 leading-relaxed">{text}</p>
          <Link href={href} className="link mt-4 inline-block text-sm">
            {link}
          </Link>
        </div>
      ))}
    </section>
  );
}
