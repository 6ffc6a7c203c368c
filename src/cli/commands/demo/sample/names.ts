// Names of invented people, of many places, some with letters that are not ASCII.

export const givenNames = list(`
  Ada Ahmed Aiko Alejandro Amara Anna Anton Beatriz Ben Carla Chen Clara Daniel Deepa Elena Emil
  Emma Farid Fatima Felix Grace Hannah Hugo Ines Ivan Jana Jonas Jürgen Karim Katrin Lars Leila
  Lena Liam Lukas Maja Marco Maria Mei Mia Mohammed Nadia Nils Noah Olga Omar Paula Pedro Priya
  Rahul Rosa Samuel Sara Sofia Sven Tariq Thea Tom Uwe Vera Viktor Wei Yara Yusuf Zoe
`);

export const familyNames = list(`
  Abe Adler Ahmadi Andersson Bauer Becker Bianchi Brandt Brown Carter Costa Diaz Dubois Ekström
  Evans Fischer Fuchs García Graf Green Gupta Hansen Hoffmann Huber Ito Jansen Jones Kaya Keller
  Khan Klein Kowalski Krüger Lang Lee Lehmann Li Lopez Martin Meier Moretti Müller Nguyen Novak
  Okafor Patel Petrov Richter Rossi Roth Sato Schmidt Schulz Silva Singh Smith Tanaka Taylor Vogel
  Wagner Walker Weber Wolf Young Zimmermann
`);

function list(text: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  return [first, ...rest];
}
