import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = {
  title: "How it is measured",
  description: "Ratings, intervals, rank spreads, FD-toybox, alignment and how pairs are chosen.",
};

const CONTENTS = [
  ["votes", "Votes"],
  ["ratings", "Ratings and ranks"],
  ["style", "Style control"],
  ["criteria", "Several criteria"],
  ["elo", "Elo"],
  ["pairs", "Which pair you see"],
  ["fd", "FD-toybox"],
  ["beside", "Beside real images"],
  ["grader", "Grader alignment"],
  ["contrastive", "Contrastive alignment"],
  ["missing", "What is missing stays missing"],
  ["limits", "What this does not tell"],
] as const;

export default function MethodsPage() {
  return (
    <div className="page grid gap-x-16 pt-10 sm:pt-14 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <nav aria-label="On this page" className="hidden lg:block">
        <ul className="sticky top-24 grid gap-2 text-sm">
          {CONTENTS.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`} className="text-muted hover:text-ink">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <article className="prose-salon">
        <h1 className="text-4xl sm:text-5xl">How it is measured</h1>
        <p className="text-muted mt-4 text-lg">
          Every number on Salon comes with what it was counted from. This page says how, and where a number
          should not be trusted further.
        </p>

        <h2 id="votes">Votes</h2>
        <p>
          A battle shows two images of one prompt. Which model stands left is drawn by the server. Until you
          vote, nothing your browser receives says who made them. You may find A better, B better, both
          equally good, or both bad. Each battle counts once, however often the request is repeated. The vote
          log is kept; every rating can be recomputed from it.
        </p>
        <p>
          The operator can leave votes out, for a stated reason. They stay in the log that you can download,
          marked with it; the board says how many were left out and why, and every fit records it in its hash.
          Elo is recomputed as if they had not been cast. Votes from another arena&apos;s log can be added to
          a board: they count like others, but their models have no images here and do not appear in the
          arena.
        </p>
        <p>
          Of your address Salon keeps a keyed hash with the battle and the vote, whose key changes and which
          is erased after a month unless the operator has chosen another time; the address itself is not
          stored. With it, votes that come like a machine&apos;s or far more often for one model than other
          people&apos;s are found and taken back: they wait in the log, marked with the reason, until a person
          has looked at them. On some boards votes of new voters wait until they have cast ten over an hour.
        </p>

        <h2 id="ratings">Ratings and ranks</h2>
        <p>
          The ranking is a Bradley-Terry fit by maximum likelihood over all counted votes: the chance that one
          model is preferred to another depends on the difference of their strengths alone. Strengths are
          written on the Elo scale, where 400 points are odds of ten to one and the average model stands at
          1000. Each prompt category is fitted from its own votes in the same way.
        </p>
        <p>
          Ties and both-bad are read in one of three ways: as half a win for each side, by Davidson&apos;s
          model, where a tie speaks for equality, or as outcomes of their own, where &ldquo;both bad&rdquo;
          speaks against both. Each fit is made five times without a fifth of the votes and judged by how
          surprised it is by that fifth (log-loss). The simplest one within a standard error of the best is
          used. The board shows all three.
        </p>
        <p>
          Intervals are 95% and come from the sandwich covariance, which stays right when many votes are ties.
          Votes of one voter, or on one prompt, are not independent: the covariance is clustered by voter and
          by prompt, by each of the two that has at least 20 clusters (counted as if they were of equal size).
          With fewer, how much voters or prompts differ cannot be measured, and the intervals speak of these
          voters or prompts alone. The line under the board says which holds.
        </p>
        <p>
          The fit is made anew after votes and stored as a snapshot that never changes, with the version of
          the method and a hash of its inputs; the line under the board names it.
        </p>
        <p>
          A <em>rank spread</em> such as 2–3 holds every rank that the votes cannot exclude. It comes from
          testing each pair of models with the full covariance, which tells more models apart than looking
          whether intervals overlap. Where one model has won or lost everything, or two groups have never met,
          a weak prior keeps the fit finite and the board says so.
        </p>

        <h2 id="style">Style control</h2>
        <p>
          Voters may reward how an image looks rather than what the model did. Every image is measured once:
          resolution, aspect, brightness, contrast, saturation, colourfulness, sharpness, file size, and how
          long it took. The style-controlled board fits these differences, and which side an image was on,
          together with the strengths, and shows what each is worth in rating points with its interval. What
          the votes cannot tell apart from the models, such as a size that a model always draws in, is named
          and not fitted. The fit needs at least a hundred votes, and ten for each number it estimates; it
          follows the ranking with a little delay. Ties count half here.
        </p>

        <h2 id="criteria">Several criteria</h2>
        <p>
          Some boards also ask which image is better by single criteria, such as aesthetics or how closely it
          follows the prompt. You are asked after your vote and before the names are shown, and only if you
          switch it on. Each criterion has a fit of its own, from the votes that answered it, with ties as
          half a win; the numbers of answers stand beside the sliders. Your weights mix the fits with the
          errors they share, since one glance gave all the answers. All weight on one criterion is exactly its
          own fit. Voters who answer are volunteers: they may differ from the others.
        </p>

        <h2 id="elo">Elo</h2>
        <p>
          Elo moves the moment you vote: the winner takes from the loser in proportion to the surprise. A new
          model moves by up to 32 points a vote, a settled one by up to 4. Because Elo depends on the order of
          the votes it is shown for the feel of it and never ranks anyone.
        </p>

        <h2 id="pairs">Which pair you see</h2>
        <p>
          Pairs are drawn, with a probability that grows with how much one more vote would sharpen the
          comparisons that matter: neighbours in rank, the top ranks above all. A tenth of the battles is
          spread evenly over all pairs, so none is ever starved, and models that have never met are joined
          first. The probability of each drawn pair is stored with its battle. You see no image twice while
          there are others.
        </p>

        <h2 id="fd">FD-toybox</h2>
        <p>
          The bundled board is about Toybox, a small captioned world whose images Salon can draw exactly.
          FD-toybox is the Fréchet distance between a model&apos;s images and at least 10,000 real Toybox
          renders that no model was trained on, in the features of Salon&apos;s own small encoder. Lower is
          better. It is not FID, which uses another network and other images, and must not be compared with
          published FIDs.
        </p>
        <p>
          The distance is biased upward when few images are measured, so it is always shown with n, a
          bootstrap interval and, where n is small beside the number of features, a warning. Two values may be
          compared only when their protocol hash is the same: encoder, preprocessing, number of samples,
          reference and code.
        </p>

        <h2 id="beside">Beside real images</h2>
        <p>
          Each finished run is also compared with single real images, listed under{" "}
          <Link href="/references" className="link">
            References
          </Link>
          , in the same features: the kernel distance, precision and recall (do its images look real, does it
          make everything there is), separability (how well a simple classifier tells its images from real
          ones) and authenticity (does it copy). A curve shows FD-toybox against the number of images and
          where it leads at infinitely many. Differences of two runs are paired by prompt and given with an
          interval; runs of different protocols are not compared.
        </p>

        <h2 id="grader">Grader alignment</h2>
        <p>
          A second small network reads objects, colours, counts, relation and background from each image and
          compares them with what the prompt said, exactly known for Toybox. The figure is the share of images
          with nothing missing or wrong, with Wilson&apos;s 95% interval. It judges whether the right things
          are there, not whether they are well drawn: a lopsided star is still a star.
        </p>

        <h2 id="contrastive">Contrastive alignment</h2>
        <p>
          A third network puts images and captions into one space, trained so that an image and its caption
          point the same way. The figure is the mean cosine of each image and its prompt, with an interval
          over prompts. It grades by degrees where the grader says right or wrong, but goes by which things
          and colours are there, hardly by whose colour is whose or what is left of what. It was trained on
          Toybox alone; its values are not those of CLIPScore. Prompts with words it does not know are left
          out.
        </p>

        <h2 id="missing">What is missing stays missing</h2>
        <p>
          A call that fails, is refused or times out leaves no image, and is listed with its reason on the
          run&apos;s page. It is never scored as zero and never counted as a loss. A run needs at least half
          of its images to be scored.
        </p>

        <h2 id="limits">What this does not tell</h2>
        <p>
          Votes say what the voters of this site prefer on these prompts; other people and other prompts may
          give another ranking. The ranking&apos;s intervals allow for votes that go together once there are
          voters and prompts enough; those of the style-controlled board and of single criteria take every
          vote as independent, so they are too narrow where a few voters cast many votes. Prices are list
          prices as submitted. Latency is measured from this server.
        </p>
        <p>
          The numbers behind each board are open:{" "}
          <Link className="link" href="/docs/api">
            read them through the API
          </Link>
          , or download the table and the vote log from the board itself.
        </p>
      </article>
    </div>
  );
}
