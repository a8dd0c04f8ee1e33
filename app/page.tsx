import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { BoardCard } from "@/components/boards/board-card";
import { count, counted } from "@/components/format";
import { Leaders } from "@/components/leaderboard/leaders";
import { RefreshEvery } from "@/components/refresh-every";
import { HomeImages } from "@/components/home-images";
import { readHome } from "@/lib/pages/read-home";

/** With fewer to show, images are still being made: look again, unless so many are made that the rest must be the arena's. */
const ENOUGH_IMAGES = 6;
const MANY_MADE = 500;
const SHOWN_BOARDS = 6;

export const dynamic = "force-dynamic";

export default async function HomePage() {
  const home = await readHome();
  const board = home.boards[0];
  return (
    <>
      <section className="page-wide grid items-center gap-x-16 gap-y-8 pt-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:pt-14 xl:gap-x-24">
        <div className="order-2 lg:order-1">
          <h1 className="text-[2.5rem] leading-[1.05] sm:text-5xl xl:text-6xl">
            Look at two images. Say which is better.
          </h1>
          <p className="text-muted mt-6 max-w-[34rem] text-lg leading-relaxed">
            Salon shows two models&apos; images side by side, with the names covered. Everyone&apos;s votes
            become a ranking that says how sure it is, next to measured distances, prices and facts.
          </p>
          <div className="mt-8 flex flex-wrap gap-3">
            <Link href="/arena" className="button-primary px-6 text-base">
              Vote now <ArrowRight className="size-4" aria-hidden="true" />
            </Link>
            <Link href="/leaderboard" className="button-quiet px-6 text-base">
              See the ranking
            </Link>
          </div>
          <dl className="border-line mt-10 flex max-w-md justify-between gap-6 border-t pt-5">
            {[
              [home.votes === 1 ? "vote" : "votes", home.votes],
              [home.models === 1 ? "model" : "models", home.models],
              [home.sampleCount === 1 ? "image" : "images", home.sampleCount],
            ].map(([label, value]) => (
              <div key={label} className="flex flex-col-reverse">
                <dt className="text-muted text-sm">{label}</dt>
                <dd className="font-serif text-2xl tabular-nums">{count(Number(value))}</dd>
              </div>
            ))}
          </dl>
        </div>
        <div className="order-1 lg:order-2">
          {home.samples.length < ENOUGH_IMAGES && home.sampleCount < MANY_MADE && (
            <RefreshEvery seconds={6} />
          )}
          <HomeImages samples={home.samples} />
        </div>
      </section>

      <section className="page-wide mt-20 sm:mt-28" aria-labelledby="leaders">
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
          <div>
            <p className="eyebrow">{board?.name ?? "Leaderboard"}</p>
            <h2 id="leaders" className="mt-1 text-3xl">
              Current ranking
            </h2>
          </div>
          {board && (
            <Link href={`/leaderboard/${board.slug}`} className="link text-sm">
              Whole table, {counted(board.models, "model")}
            </Link>
          )}
        </div>
        {board ? (
          <Leaders rows={home.leaders} />
        ) : (
          <p className="card text-muted mt-6 p-8 text-center">
            No board is open to everyone yet.{" "}
            <Link href="/boards" className="link">
              See the boards
            </Link>
          </p>
        )}
      </section>

      {home.boards.length > 1 && (
        <section className="page-wide mt-20 sm:mt-28" aria-labelledby="boards">
          <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
            <h2 id="boards" className="text-3xl">
              Boards
            </h2>
            <Link href="/boards" className="link text-sm">
              All {home.boards.length}
            </Link>
          </div>
          <ul className="mt-6 grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
            {home.boards.slice(0, SHOWN_BOARDS).map((each) => (
              <li key={each.slug}>
                <BoardCard board={each} />
              </li>
            ))}
          </ul>
        </section>
      )}

      <section
        className="page-wide mt-20 grid gap-x-12 gap-y-10 sm:mt-28 md:grid-cols-3"
        aria-label="How it works"
      >
        {[
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
        ].map(({ title, text, href, link }) => (
          <div key={title} className="border-line border-t pt-5">
            <h3 className="text-xl">{title}</h3>
            <p className="text-muted mt-3 leading-relaxed">{text}</p>
            <Link href={href} className="link mt-4 inline-block text-sm">
              {link}
            </Link>
          </div>
        ))}
      </section>
    </>
  );
}
