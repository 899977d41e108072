import { idFrom } from '../seededRandom';
import type { JobDraft } from '../server/jobRoute';
import { soundFile } from '../media/audio';
import type { ModelCall } from '../server/modelRoute';
import { defaultOf } from '../models/defaults';
import { costOf } from '../models/pricing';
import type { SandboxState } from '../server/state';
import { describeFile } from './describeFile';

const DEFAULT_SECONDS = 20;
const MAX_SECONDS = 60;

/**
 * The job that generates music. MiniMax returns more details, and models with a length in seconds
 * describe the file.
 */
export function draftMusic(
	{ model, body, requestId, origin }: ModelCall,
	{ files }: SandboxState,
): JobDraft {
	const seconds = secondsOf({ model, body });
	const { format } = { ...(body.audio_setting as { format?: string }) };
	const file = soundFile(format, Math.min(MAX_SECONDS, seconds), String(body.prompt ?? ''));
	const url = origin + files.add(idFrom(requestId, 'music'), file);
	const isMiniMax = model.id.startsWith('minimax/');
	const isDescribed = defaultOf(model, 'seconds_total') !== undefined;
	return {
		cost: costOf(model.pricing, { generation: 1, second: seconds }, body),
		result: {
			audio_file: isDescribed ? describeFile({ file, url }) : { url },
			...(isMiniMax && {
				extra_info: { music_duration: seconds * 1000, music_channel: 1 },
				trace_id: requestId,
			}),
		},
	};
}

function secondsOf({ model, body }: Pick<ModelCall, 'model' | 'body'>): number {
	const milliseconds = body.music_length_ms ?? defaultOf(model, 'music_length_ms');
	if (milliseconds !== undefined) return Number(milliseconds) / 1000;
	return Number(body.seconds_total ?? defaultOf(model, 'seconds_total') ?? DEFAULT_SECONDS);
}
