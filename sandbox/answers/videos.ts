import { draw, idFrom } from '../chance';
import type { JobDraft } from '../jobRoute';
import type { ResultFile } from '../media/file';
import { makeMp4 } from '../media/mp4';
import type { ModelCall } from '../modelRoute';
import { presetOf } from '../models/presets';
import { costOf } from '../models/pricing';
import type { SandboxState } from '../state';
import type { MadeFile } from './describeFile';
import { sizeOf } from './imageSize';
import { jobForms } from './jobForms';
import { pick } from './pick';
import { videoForms } from './videoForms';

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
