import type { Model } from '../model';
import { claudeOpus } from './anthropic';
import { documentModels } from './documents';
import { editModels } from './edits';
import { embeddingModels } from './embeddings';
import { gemini15Flash, gemini25Flash } from './google';
import { imageModels } from './images';
import { musicModels } from './music';
import { gpt4o, gpt4oMini, o4Mini } from './openai';
import { sonar } from './perplexity';
import { responseModels } from './responses';
import { chatBehaviourModels } from './sandboxed';
import { speechModels } from './speech';
import { transcriptionModels } from './transcription';
import { videoModels } from './videos';

/** The models that every sandbox has. */
export const builtInModels: Model[] = [
	gpt4oMini,
	gpt4o,
	o4Mini,
	gemini25Flash,
	gemini15Flash,
	claudeOpus,
	sonar,
	...chatBehaviourModels,
	...responseModels,
	...imageModels,
	...editModels,
	...videoModels,
	...musicModels,
	...speechModels,
	...transcriptionModels,
	...documentModels,
	...embeddingModels,
];
