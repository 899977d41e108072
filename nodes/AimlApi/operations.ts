import { compose } from './resources/audio/compose.operation';
import { speak } from './resources/audio/speak.operation';
import { transcribe } from './resources/audio/transcribe.operation';
import { createBatch } from './resources/batch/create.operation';
import { complete } from './resources/chat/complete.operation';
import { respond } from './resources/chat/respond.operation';
import { extractText } from './resources/document/extractText.operation';
import { createEmbedding } from './resources/embedding/create.operation';
import { editImage } from './resources/image/edit.operation';
import { generateImage } from './resources/image/generate.operation';
import { generateVideo } from './resources/video/generate.operation';
import type { Operation } from './run/operation';

/** Every operation that calls a model, by resource and operation as the editor names them. */
const operations: Record<string, Record<string, Operation>> = {
	audio: { compose: compose, speak: speak, transcribe: transcribe },
	batch: { create: createBatch },
	chat: { complete: complete, respond: respond },
	document: { extractText: extractText },
	embedding: { create: createEmbedding },
	image: { edit: editImage, generate: generateImage },
	video: { generate: generateVideo },
};

/** @returns `undefined` for an operation that calls no model */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return operations[resource]?.[operation];
}
