import { idFrom } from '../seededRandom';
import { soundFile } from '../media/audio';
import { contentTypeOf } from '../media/file';
import type { ResultFile } from '../media/file';
import type { ModelAnswer, ModelCall } from '../server/modelRoute';
import { presetOf } from '../models/defaults';
import { costOf, costReport } from '../models/pricing';
import type { SandboxState } from '../server/state';
import { pick } from './pick';
import { speechForms } from './speechVariants';
import type { SpeechForm } from './speechVariants';

const charactersPerSecond = 15;
const longestSeconds = 10;

/** Speaks a text: JSON with an address, or the bytes for models that stream. */
export function speak(call: ModelCall, { files }: SandboxState): ModelAnswer {
	const { model, body, requestId, origin } = call;
	const form: SpeechForm = pick<SpeechForm>(speechForms, model.behaviour) ?? {};
	const text = String(body.text ?? body.script ?? '');
	const file: ResultFile = { ...soundOf(call, text), ...form.file };
	const cost = costOf(model.pricing, { character: text.length }, body);
	if (form.bytes ?? body.stream ?? presetOf(model, 'stream')) {
		return { body: file.make(), contentType: contentTypeOf(file), cost };
	}
	const url = origin + files.add(idFrom(requestId, 'speech'), file);
	const audio = form.bareAddress ? url : { url };
	return { body: { audio, ...costReport(cost) }, cost };
}

/** The models have different names for the format, and different places. */
function soundOf({ model, body }: ModelCall, text: string): ResultFile {
	const settings = { ...(body.audio_setting as object), ...(body.audio_config as object) };
	const formats: Record<string, unknown> = { ...settings, ...body };
	const named = ['response_format', 'output_format', 'format', 'encoding'].map(
		(name) => formats[name] ?? presetOf(model, name),
	);
	const seconds = Math.min(longestSeconds, text.length / charactersPerSecond);
	return soundFile(
		named.find((format) => format !== undefined),
		seconds,
		text,
	);
}
