/** The first letters of the first and the last word of a name, for example "AR" for "Ana Ruiz". */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map(word => Array.from(word)[0].toLocaleUpperCase()).join('');
}
