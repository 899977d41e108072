import { CHAT_VARIANTS } from '../../../sandbox/answers/chatVariants';
import { IMAGE_VARIANTS } from '../../../sandbox/answers/imageVariants';
import { RESPONSE_VARIANTS } from '../../../sandbox/answers/responseVariants';
import { SPEECH_VARIANTS } from '../../../sandbox/answers/speechVariants';
import { TRANSCRIPTION_VARIANTS } from '../../../sandbox/answers/transcription';
import { VIDEO_VARIANTS } from '../../../sandbox/answers/videoVariants';
import { builtInModels } from '../../../sandbox/models/specs';

test('the variants that the built-in models name are those that the sandbox knows', () => {
	const named = builtInModels().flatMap(({ variant }) => variant ?? []);
	const known = [
		...[CHAT_VARIANTS, RESPONSE_VARIANTS, IMAGE_VARIANTS, SPEECH_VARIANTS],
		...[VIDEO_VARIANTS, TRANSCRIPTION_VARIANTS],
	].flatMap((variants) => Object.keys(variants));
	expect([...new Set(named)].sort()).toEqual(known.sort());
});
