import { Formula } from "@/components/demos/formula";
import type { MethodSection } from "@/components/methods/method-section";

/** How votes become ratings and ranks, and which pair is voted on next. */
export const RATING_SECTIONS: readonly MethodSection[] = [
  {
    id: "ratings",
    title: "Ratings and ranks",
    body: (
      <>
        <p>
          The ranking is a Bradley-Terry fit by maximum likelihood over all counted votes: the chance that one
          model is preferred to another depends on the difference of their strengths alone. Strengths are
          written on the Elo scale, where 400 points are odds of ten to one and the average model stands at
          1000. Each prompt category is fitted from its own votes in the same way.
        </p>
        <p>
          Votes on prompts that visitors typed themselves count apart: they are in the fit of their own
          category, &ldquo;own prompts&rdquo;, and neither in the ranking nor in Elo, because who chooses the
          prompt can choose what a model is good at. A board may count them; its snapshots record which it
          was. One&apos;s own ranking in the arena is of all of one&apos;s votes, these too; its 95% intervals
          held in 93.9 to 97.8% of simulations with 200 votes and tastes up to 100 points, and less often
          where a strong taste meets few votes.
        </p>
        <Formula
          tex="P(a \succ b) = \frac{1}{1 + 10^{(R_b - R_a) / 400}}"
          meaning="The chance that a is preferred to b, from the ratings R of both."
        />
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
        <Formula
          tex="V = H^{-1} B\, H^{-1}, \quad B = B_{\text{voter}} + B_{\text{prompt}} - B_{\text{both}}"
          meaning="The sandwich covariance of the strengths: H is the Hessian of the log-likelihood, each B sums the squared residuals within its clusters."
        />
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
      </>
    ),
  },
  {
    id: "style",
    title: "Style control",
    body: (
      <>
        <p>
          Voters may reward how an image looks rather than what the model did. Every image is measured once:
          resolution, aspect, brightness, contrast, saturation, colourfulness, sharpness, file size, and how
          long it took. The style-controlled board fits these differences, and which side an image was on,
          together with the strengths, and shows what each is worth in rating points with its interval. What
          the votes cannot tell apart from the models, such as a size that a model always draws in, is named
          and not fitted. The fit needs at least a hundred votes, and ten for each number it estimates; it
          follows the ranking with a little delay. Ties count half here.
        </p>
      </>
    ),
  },
  {
    id: "criteria",
    title: "Several criteria",
    body: (
      <>
        <p>
          Some boards also ask which image is better by single criteria, such as aesthetics or how closely it
          follows the prompt. You are asked after your vote and before the names are shown, and only if you
          switch it on. Each criterion has a fit of its own, from the votes that answered it, with ties as
          half a win; the numbers of answers stand beside the sliders. Your weights mix the fits with the
          errors they share, since one glance gave all the answers. All weight on one criterion is exactly its
          own fit. Voters who answer are volunteers: they may differ from the others.
        </p>
      </>
    ),
  },
  {
    id: "elo",
    title: "Elo",
    body: (
      <>
        <p>
          Elo moves the moment you vote: the winner takes from the loser in proportion to the surprise. A new
          model moves by up to 32 points a vote, a settled one by up to 4. Because Elo depends on the order of
          the votes it is shown for the feel of it and never ranks anyone.
        </p>
        <Formula
          tex="R' = R + K\,(S - E)"
          meaning="S is 1 for a win, ½ for a tie, 0 for a loss; E is the chance of a win that the ratings gave; K falls from 32 to 4."
        />
      </>
    ),
  },
  {
    id: "pairs",
    title: "Which pair you see",
    body: (
      <>
        <p>
          Pairs are drawn, with a probability that grows with how much one more vote would sharpen the
          comparisons that matter: neighbours in rank, the top ranks above all. A tenth of the battles is
          spread evenly over all pairs, so none is ever starved, and models that have never met are joined
          first. The probability of each drawn pair is stored with its battle. You see no image twice while
          there are others.
        </p>
      </>
    ),
  },
];
