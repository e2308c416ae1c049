"""Words for places and movements, and which place lies within which.

A place, movement, level or modality that a phrase names and a finding does not speak of
forbids the match: "lumbar" never stands for "plantar".
"""

PLACES = """
lumbar = lumbar | low back | lower back | lumbosacral | lumbar spine | lumbosacral spine
lumbar = lumbar region | loin back | small of the back | lumbar back | ls spine
back = back | spine | spinal column | vertebral column | dorsum of trunk
thoracic = thoracic | upper back | mid back | thoracic spine | dorsal spine | thoracolumbar | rib
neck = neck | cervical | cervical spine | nuchal
sij = sij | si joint | sacroiliac | sacroiliac joint | sacro iliac | sacro iliac joint | si | sis
sij = sijs
sacrum = sacrum | sacral
coccyx = coccyx | coccygeal | tailbone | tail bone
hip = hip | coxa | coxofemoral | femoroacetabular joint
groin = groin | inguinal | inguinal region | groin crease | inguinal crease
buttock = buttock | gluteal | gluteal region | bottom | gluteal area | nates | glutei | gluteus
trochanter = trochanter | greater trochanter | trochanteric | peritrochanteric | gt
trochanter = trochanteric region
lateral hip = lateral hip | lateral aspect of the hip | lateral aspect of hip | outer hip
lateral hip = side of the hip | lateral side of the hip | outside of the hip | lateral side of hip
anterior hip = anterior hip | front of the hip | front of hip | anterior aspect of the hip
posterior hip = posterior hip | back of the hip | back of hip
anterior thigh = anterior thigh | front of the thigh | front of thigh
anterior thigh = anterior aspect of the thigh
posterior thigh = posterior thigh | back of the thigh | back of thigh | hamstring region
posterior thigh = dorsal thigh | posterior aspect of the thigh | posterior side of the thigh
posterior thigh = rear thigh
lateral thigh = lateral thigh | outer thigh | outside of the thigh | lateral aspect of the thigh
medial thigh = medial thigh | inner thigh | inside of the thigh | medial aspect of the thigh
thigh = thigh | upper leg
knee = knee | popliteal
patella = patella | patellar | kneecap
calf = calf | posterior leg | back of the leg | gastrocnemius | posterior lower leg
calf = back of lower leg | posterior aspect of the leg | posterior aspect of the lower leg
calf = crural
shin = shin | pretibial | anterior leg | tibia | tibial
leg = leg | lower limb | lower extremity | limb | extremity | legs | le
below knee = lower leg | below the knee | distal to the knee
ankle = ankle | malleolus | malleolar
foot = foot | feet | pedal
foot dorsum = foot dorsum | dorsum of the foot | dorsum of foot | dorsal foot | top of the foot
foot dorsum = top of foot | instep | dorsal aspect of the foot | dorsal aspect of foot
foot dorsum = dorsal surface of the foot | first web space | first webspace
foot dorsum = first dorsal web space
lateral foot = lateral foot | lateral border of the foot | lateral border of foot | outer foot
lateral foot = lateral sole | lateral edge of the foot | lateral aspect of the foot
lateral foot = lateral side of the foot
sole = sole | plantar | plantar foot | plantar surface
great_toe = great toe | big toe | hallux | hallucis | first toe
great_toe extension = ehl | extensor hallucis longus | extensor hallucis | big toe extension
great_toe extension = hallux extension | great toe dorsiflexion | big toe dorsiflexion
great_toe extension = hallux dorsiflexion
toe = toe | digit of foot
heel = heel | calcaneal | calcaneus
pubis = pubis | pubic | symphysis | symphysis pubis | pubic symphysis | pubic bone | pubic region
ischium = ischium | ischial | ischial tuberosity | sit bone | sitting bone | sitz bone
ischium = tuberosity
iliac_crest = iliac crest | posterior iliac crest | iliac wing
asis = asis | anterior superior iliac spine
psis = psis | posterior superior iliac spine
pelvis = pelvis | pelvic | pelvic girdle
saddle = saddle | perineal | perineum | perianal | saddle area | perineal region | genital
scrotum = scrotal | scrotum
anal = anal | anus | rectal | rectum | sphincter
abdomen = abdomen | abdominal | belly | stomach | epigastric
flank = flank | costovertebral | loin | renal angle
shoulder = shoulder | shoulder girdle | scapula | acromion
arm = arm | upper limb | upper extremity | forearm | elbow | wrist | hand | finger | thumb
arm = biceps | triceps
head = head | face | jaw | skull | temple | temporal | ear | tongue | throat
eye = eye | ocular
chest = chest | breast | thorax | sternum
bladder = bladder | urinary | urine | micturition | urination | voiding | void
bowel = bowel | fecal | faecal | stool | defecation
femoral_head = femoral head | head of femur | head of the femur | caput femoris
femoral_neck = femoral neck | neck of femur | neck of the femur | collum femoris
femur = femur | femoral | femora
acetabulum = acetabulum | acetabular | acetabulae
labrum = labrum | labral
ligamentum_teres = ligamentum teres | ligament teres
achilles = achilles | achilles tendon
vertebra = vertebra | vertebrae | vertebral | vertebral body | vertebral bodies
disc = disc | intervertebral disc | discal | discogenic | nucleus pulposus
endplate = endplate | end plate
facet = facet | facet joint | zygapophyseal | zygapophyseal joint | z joint | apophyseal
facet = facetogenic
pars = pars | pars interarticularis
root = root | nerve root | spinal nerve root | radicular
canal = canal | spinal canal | vertebral canal | central canal
foramen = foramen | foraminal | neuroforaminal | neural foramen | neural foramina | neuroforamen
foramen = foramina
cauda_equina = cauda equina
conus = conus | conus medullaris | spinal cord | myelon
psoas = psoas | iliopsoas | hip flexor tendon | iliacus
piriformis = piriformis | pyriformis
hamstring = hamstring | semitendinosus | biceps femoris | semimembranosus
quadriceps = quadriceps | quads | rectus femoris | vastus
adductor = adductor | adductors | adductor longus | adductor origin
tibialis = tibialis anterior | anterior tibialis | tibialis
spinous_process = spinous process | processus spinosus | spinous
transverse_process = transverse process | lstv
bursa = bursa | bursal
aorta = aorta | aortic
skin = skin | cutaneous
lymph = lymph node | lymph | nodal
lung = lung | pulmonary
liver = liver | hepatic
kidney = kidney | renal
prostate = prostate | prostatic
ovary = ovary | ovarian | adnexal
uterus = uterus | uterine
thyroid = thyroid
"""

MOTIONS = """
dorsiflexion = dorsiflexion | dorsiflex | dorsiflexor | ankle dorsiflexion | foot dorsiflexion
dorsiflexion = dorsal flexion | dorsiflexion of the foot | dorsiflexion of foot
dorsiflexion = dorsiflexion of the ankle | foot elevation | dorsiflexion of ankle
dorsiflexion = ankle dorsiflexor | foot dorsiflexor | dorsi flexion | foot extensor
plantarflexion = plantarflexion | plantar flexion | plantarflexor | plantar flexor
plantarflexion = ankle plantarflexion | ankle plantar flexion | foot plantarflexion
plantarflexion = plantarflexion of the foot | plantarflex | ankle plantarflexor
plantarflexion = ankle plantar flexor | foot plantar flexion | plantarflexion of foot
plantarflexion = plantarflexion of the ankle | plantarflexion of ankle | foot plantarflexor
eversion = eversion | evert | evertor | peroneal muscle | foot eversion | ankle eversion
inversion = inversion | invert | invertor | foot inversion | ankle inversion
internal_rotation = internal rotation | ir | medial rotation | inward rotation | endorotation
internal_rotation = internally rotating | internally rotate | inner rotation | internal rotator
internal_rotation = internally rotated
external_rotation = external rotation | er | lateral rotation | outward rotation | exorotation
external_rotation = external rotator | externally rotate | outer rotation | externally rotated
rotation = rotation | rotate
flexion = flexion | flex | flexor
extension = extension | extend | extensor
abduction = abduction | abduct | abductor
adduction = adduction | adduct
motion = motion | rom | range of motion | range of movement | mobility | range | movement range
motion = movement | move | moving
"""

#: place -> the places around it; saying the outer one adds nothing to the inner one.
AROUND = """
hip: pelvis
scrotum: groin pelvis
skin: groin thigh leg foot buttock back hip lumbar calf knee
groin: hip leg | trochanter: hip lateral | labrum: hip acetabulum | acetabulum: hip pelvis
femoral_head: hip femur | femoral_neck: hip femur | femur: hip leg thigh | ligamentum_teres: hip
buttock: pelvis hip back | thigh: leg hip | knee: leg | patella: knee leg | calf: leg shin
shin: leg | ankle: leg foot | foot: leg | great_toe: toe foot leg | toe: foot leg | heel: foot leg
sole: foot leg | achilles: ankle calf heel leg | lumbar: back | thoracic: back | neck: back
sij: pelvis back lumbar sacrum buttock | sacrum: pelvis back lumbar | coccyx: pelvis back sacrum
pubis: pelvis groin hip | ischium: pelvis buttock hip
iliac_crest: pelvis back lumbar hip buttock | asis: pelvis hip iliac_crest
psis: sij pelvis back iliac_crest buttock sacrum | saddle: pelvis | anal: pelvis
disc: back lumbar vertebra | endplate: back lumbar vertebra disc | vertebra: back lumbar thoracic
facet: back lumbar | pars: back lumbar vertebra | root: back lumbar leg foramen
canal: back lumbar | foramen: back lumbar root | cauda_equina: back lumbar canal
conus: back lumbar canal | psoas: hip groin lumbar pelvis | piriformis: buttock hip pelvis
hamstring: thigh leg buttock hip | quadriceps: thigh leg knee | adductor: groin thigh hip pubis
tibialis: leg shin ankle | spinous_process: back lumbar vertebra
transverse_process: back lumbar vertebra sacrum | bursa: hip trochanter | slr: leg hip
crossed_slr: leg hip | aslr: leg hip pelvis sij | rslr: hip leg
femoral_stretch: femur thigh knee leg hip | faber: hip sij groin | fadir: hip groin
fair: hip buttock | log_roll: hip | stinchfield: hip leg | supine_sign: back lumbar vertebra
stoop_test: lumbar back leg
psoas_sign: psoas hip groin
scour: hip groin
thigh_thrust: sij hip pelvis thigh | gaenslen: sij hip pelvis | trendelenburg: hip pelvis
kemp: lumbar back facet | fortin: sij psis back | internal_rotation: hip | external_rotation: hip
abduction: hip | adduction: hip | dorsiflexion: ankle foot leg
plantarflexion: ankle foot leg calf | eversion: ankle foot leg | inversion: ankle foot leg
heel_walk: leg foot heel ankle | toe_walk: leg foot toe ankle calf heel
herniation: root canal foramen cauda_equina
modic: endplate vertebra disc lumbar back | bending: lumbar back | arching: lumbar back
bladder: pelvis | bowel: pelvis | flank: back abdomen
"""

DIRECTIONS = """
anterior posterior lateral medial anterolateral posterolateral anteromedial inner outer superior
inferior proximal distal dorsum central paracentral midline paraspinal foraminal
"""
