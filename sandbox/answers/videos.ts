import { draw, idFrom } from '../seededRandom';
import type { JobDraft } from '../server/jobRoute';
import type { ResultFile } from '../media/file';
import { makeMp4 } from '../media/mp4';
import type { ModelCall } from '../server/modelRoute';
import { presetOf } from '../models/defaults';
import { costOf } from '../models/pricing';
import type { SandboxState } from '../server/state';
import type { MadeFile } from './describeFile';
import { sizeOf } from './imageSize';
import { jobForms } from './jobVariants';
import { pick } from './pick';
import { videoForms } from './videoVariants';

const usualSeconds = 5;

/** The job that makes a video. */
export function draftVideo(
	{ model, body, requestId, origin }: ModelCall,
	{ files }: SandboxState,
): JobDraft {
	const seconds = Number(body.duration ?? presetOf(model, 'duration') ?? usualSeconds);
	const { width, height } = sizeOf(body);
	const hue = draw('hue', String(body.prompt ?? ''));
	const file: ResultFile = { extension: 'mp4', make: () => makeMp4(seconds, width, height, hue) };
	const url = origin + files.add(idFrom(requestId, 'video'), file);
	const show = pick<(made: MadeFile) => unknown>(videoForms, model.behaviour);
	return {
		cost: costOf(model.pricing, { second: seconds }, body),
		form: pick(jobForms, model.behaviour),
		result: { video: show ? show({ url, file }) : { url } },
	};
}
