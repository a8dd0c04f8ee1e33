import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { BoardCard } from "@/components/boards/board-card";
import { Leaders } from "@/components/leaderboard/leaders";
import { ValueChart } from "@/components/leaderboard/value-chart";
import { Messages } from "@/components/messages";
import { RefreshEvery } from "@/components/refresh-every";
import { HomeImages } from "@/components/home/home-images";
import { HomeLead } from "@/components/home/home-lead";
import { HowItWorks } from "@/components/home/how-it-works";
import { readHome } from "@/lib/pages/read-home";

/** With fewer to show, images are still being made: look again, unless so many are made that the rest must be the arena's. */
const ENOUGH_IMAGES = 6;
const MANY_MADE = 500;
const SHOWN_BOARDS = 6;

export const dynamic = "force-dynamic";

export default async function HomePage() {
  const [home, t] = await Promise.all([readHome(), getTranslations("home")]);
  const board = home.boards[0];
  return (
    <Messages areas={["home", "leaderboard"]}>
      <section className="page-wide grid items-center gap-x-16 gap-y-8 pt-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:pt-14 xl:gap-x-24">
        <HomeLead
          votes={home.votes}
          models={home.models}
          images={home.sampleCount}
          showsToybox={home.boards.some(({ promptSets }) =>
            promptSets.some(({ slug }) => slug.startsWith("toybox-")),
          )}
        />
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
            {board ? (
              <p className="eyebrow" translate="no">
                {board.name}
              </p>
            ) : (
              <p className="eyebrow">{t("leaderboard")}</p>
            )}
            <h2 id="leaders" className="mt-1 text-3xl">
              {t("current")}
            </h2>
          </div>
          {board && (
            <Link href={`/leaderboard/${board.slug}`} className="link text-sm">
              {t("wholeTable", { n: board.models })}
            </Link>
          )}
        </div>
        {board ? (
          <>
            <Leaders rows={home.leaders} />
            <ValueChart models={home.priced} height={300} heading="h3" />
          </>
        ) : (
          <p className="card text-muted mt-6 p-8 text-center">
            {t.rich("noBoard", {
              link: (chunks) => (
                <Link href="/boards" className="link">
                  {chunks}
                </Link>
              ),
            })}
          </p>
        )}
      </section>

      {home.boards.length > 1 && (
        <section className="page-wide mt-20 sm:mt-28" aria-labelledby="boards">
          <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
            <h2 id="boards" className="text-3xl">
              {t("boards")}
            </h2>
            <Link href="/boards" className="link text-sm">
              {t("allBoards", { n: home.boards.length })}
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

      <HowItWorks />
    </Messages>
  );
}
