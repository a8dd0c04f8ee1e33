import Link from "next/link";
import { Formula } from "@/components/demos/formula";
import type { MethodSection } from "@/components/methods/method-section";

/** What models that look at images say, and what that is worth beside people's votes. */
export const JUDGE_SECTIONS: readonly MethodSection[] = [
  {
    id: "judges",
    title: "Judges",
    body: (
      <>
        <p>
          Judges are multimodal models that are shown an image, or two images of one prompt, and asked by a
          fixed text, the rubric. What a judge says has columns of its own, one for each judge and rubric
          version, with n and a 95% interval; it is never a vote. Pairs are asked in both orders, and the two
          answers are averaged. A call that fails, refuses or cannot be read is no verdict, never a score of
          zero.
        </p>
        <p>
          Every judge has a{" "}
          <Link className="link" href="/judges">
            report card
          </Link>
          : how often it agrees with people on pairs that people decided, how often its choice turns with the
          order of the images, whether it sees defects that were planted, and whether words written into an
          image sway it. One whose interval lies wholly beyond a bar is marked as demoted.
        </p>
      </>
    ),
  },
  {
    id: "people-and-judge",
    title: "People and a judge",
    body: (
      <>
        <p>
          Where people and a judge have looked at the same pairs, the judge&apos;s mistakes can be measured.
          The switch <em>People + judge</em> shows people&apos;s ratings sharpened by what the judge says of
          further pairs, corrected pair of models by pair of models by what it says where people spoke too
          (prediction-powered inference, PPI++). However wrong the judge is, the target stays people&apos;s
          strengths: a useless one gets no weight, and the interval stays as it was.
        </p>
        <Formula
          tex="n_{\text{eff}} = \frac{n}{1 - \dfrac{\rho^2}{1 + n / N}}"
          meaning="What it is worth: n votes with N further verdicts are worth n_eff votes; ρ is the correlation of judge and people on the same pairs."
        />
      </>
    ),
  },
];
